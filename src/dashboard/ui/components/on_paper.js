export default function ({ data }) {
  const quoted = '"' + data.foot.replace(/[^A-Za-z0-9 ,.]/gu, c => '\\' + c.codePointAt(0).toString(16) + ' ') + '"';
  document.documentElement.style.setProperty('--foot-of-paper', quoted);
  if (window.dashboardPrints) return;
  window.dashboardPrints = true;
  const drawings = () => document.querySelectorAll('.js-plotly-plot .svg-container');
  window.addEventListener('beforeprint', () => drawings().forEach(box => {
    const drawn = box.querySelector('svg.main-svg');
    const width = drawn.getAttribute('width'), height = drawn.getAttribute('height');
    box.dataset.style = box.getAttribute('style') || '';
    box.style.setProperty('width', 'min(100%, ' + width + 'px)', 'important'); box.style.height = 'auto';
    box.style.aspectRatio = width + '/' + height;
    box.querySelectorAll('svg.main-svg').forEach(svg => {
      svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height);
      svg.style.width = '100%'; svg.style.height = '100%';
    });
  }));
  window.addEventListener('afterprint', () => drawings().forEach(box => {
    box.setAttribute('style', box.dataset.style || '');
    box.querySelectorAll('svg.main-svg').forEach(svg => {
      svg.removeAttribute('viewBox'); svg.style.width = ''; svg.style.height = '';
    });
  }));
}
