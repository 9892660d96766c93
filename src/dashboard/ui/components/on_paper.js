// What paper needs and a style sheet cannot do: the words at its foot, drawings that shrink to it, and folds that are open.
const drawings = () => document.querySelectorAll('.js-plotly-plot .svg-container');

// a drawing was made for the width of the screen: with a view box it shrinks
const shrink = box => {
  const drawn = box.querySelector('svg.main-svg');
  const width = drawn.getAttribute('width'), height = drawn.getAttribute('height');
  box.dataset.style = box.getAttribute('style') || '';
  box.style.setProperty('width', `min(100%, ${width}px)`, 'important');
  box.style.height = 'auto';
  box.style.aspectRatio = `${width}/${height}`;
  box.querySelectorAll('svg.main-svg').forEach(svg => {
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.style.width = svg.style.height = '100%';
  });
};
const restore = box => {
  box.setAttribute('style', box.dataset.style || '');
  box.querySelectorAll('svg.main-svg').forEach(svg => {
    svg.removeAttribute('viewBox');
    svg.style.width = svg.style.height = '';
  });
};

// print.css opens folds by ::details-content; a browser without it shows what is open
const OPENS = CSS.supports('selector(::details-content)');
let opened = [];
const begin = () => {
  const app = document.querySelector('.stApp');
  document.documentElement.dataset.onScreen = app ? getComputedStyle(app).colorScheme : 'light';
  drawings().forEach(shrink);
  opened = OPENS ? [] : [...document.querySelectorAll('.ours details:not([open])')];
  for (const one of opened) one.open = true;
};
const end = () => {
  drawings().forEach(restore);
  for (const one of opened) one.open = false;
};

export default function ({ data }) {
  const quoted = '"' + data.foot.replace(/[^A-Za-z0-9 ,.]/gu, c => '\\' + c.codePointAt(0).toString(16) + ' ') + '"';
  document.documentElement.style.setProperty('--foot-of-paper', quoted);
  if (window.dashboardPrints) return;
  window.dashboardPrints = true;
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
}
