// A part of a page from plain data: elements, [tag, classes, attributes, …children], and the charts that stand in some of them. Text
// is set by textContent and attributes by setAttribute, from lists that Python has checked (charts/markup.py): no text becomes markup.
import { Slides } from './slides.js';

const PLANNED = 936;  // pixels: the narrowest wide page, for which the names in a chart have been placed
const MOST_AIR = 1.15;  // how much higher than planned: further apart, the two lines of a name are not read as one
const inHand = matchMedia('(max-width: 640px)');  // a phone, on which a slide is scrolled (site.css)
const PAPER = { whole: 800, column: 344 };  // pixels, which print.css shrinks to the sheet: letters stay above 7.5 points
const CONFIG = { displayModeBar: false, displaylogo: false, scrollZoom: false, doubleClick: false };

const make = node => {
  if (typeof node === 'string') return document.createTextNode(node);
  const [tag, css, attributes, ...children] = node;
  const element = document.createElement(tag);
  if (css) element.className = css;
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith('--')) element.style.setProperty(name, value);
    else element.setAttribute(name, value);
  element.append(...children.map(make));
  return element;
};

let onPaper = false;
const drawn = new Set();  // the charts of the page
const turn = printing => {
  onPaper = printing;
  document.documentElement.dataset.onScreen = getComputedStyle(document.querySelector('.stApp')).colorScheme;
  for (const chart of drawn) chart.draw();
};
window.addEventListener('beforeprint', () => turn(true));
window.addEventListener('afterprint', () => turn(false));

let library;  // plotly.js' basic bundle, which the head of a page with charts loads
const AGAIN = 2000;  // milliseconds
const fetchLibrary = () => new Promise((done, failed) => {
  let script = document.querySelector('script[data-plotly]');
  // what the head named has come or failed when the document is complete; a page may be reached from one without charts, too
  if (!script || (document.readyState === 'complete' && !script.dataset.ours)) {
    script?.remove();
    script = document.createElement('script');
    script.dataset.plotly = script.dataset.ours = '';
    script.src = document.querySelector('meta[name=dashboard-plotly]').content;
    document.head.append(script);
  }
  script.addEventListener('load', () => done(window.Plotly));
  script.addEventListener('error', () => { script.remove(); failed(new Error('plotly.js did not come')); });
});
const wait = time => new Promise(done => setTimeout(done, time));
const tryLoading = () => fetchLibrary().catch(() => wait(AGAIN).then(tryLoading));  // the server may be away for a moment
const load = () => library ??= window.Plotly ? Promise.resolve(window.Plotly) : tryLoading();

class Chart {
  constructor(figure, press) {
    this.figure = figure;
    this.drawing = figure.appendChild(document.createElement('div'));
    this.drawing.className = 'chart-drawing';
    this.drawing.setAttribute('role', 'img');
    this.camera = this.button(() => this.save());
    this.whole = this.button(() => document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen());
    this.whole.hidden = !figure.requestFullscreen;
    const tools = figure.appendChild(document.createElement('div'));
    tools.className = 'chart-tools';
    this.share = this.button(() => this.press(`share:${this.given.key}`));
    tools.append(this.camera, this.whole, this.share);
    this.press = press;
    this.redraw = () => this.draw();
    this.watch = new ResizeObserver(this.redraw);
    this.watch.observe(figure);
    document.addEventListener('fullscreenchange', this.redraw);
    drawn.add(this);
  }
  button(pressed) {
    const one = document.createElement('button');
    one.type = 'button';
    one.onclick = pressed;
    return one;
  }
  show(given) {
    this.given = given;
    this.drawing.setAttribute('aria-label', given.sentence);
    [this.camera.textContent, this.whole.textContent, this.share.textContent] = given.tools;
    this.share.hidden = !given.tools[2];
    this.draw();
  }
  chosen() {
    const { narrow, wide } = this.given;
    return narrow && this.drawing.clientWidth < narrow.below ? narrow : wide;
  }
  putOnPaper() {
    const one = this.given.paper ?? this.given.wide, beside = this.figure.closest('.columns')?.querySelectorAll('.chart').length > 1;
    return { one, width: beside ? PAPER.column : PAPER.whole, height: one.height, times: 1 };
  }
  measure() {  // the drawing, its width and height, and how much larger it is shown
    if (onPaper) return this.putOnPaper();
    const full = document.fullscreenElement === this.figure, place = this.figure.closest('.slide-room > .chart');
    if (place && !full && !inHand.matches) return this.fill(place);
    const one = this.chosen(), width = Math.floor(this.drawing.clientWidth);
    return { one, width, height: full ? Math.max(one.height, window.innerHeight - 80) : one.height, times: 1 };
  }
  fill({ clientWidth, clientHeight }) {  // a slide: drawn as on a page, and all of it larger by as much as there is room
    const { wide: one, narrow } = this.given, least = Math.max(PLANNED, narrow ? narrow.below : 0);
    const times = Math.min(clientHeight / one.height, clientWidth / least);
    const most = one.figure.layout.yaxis?.scaleanchor ? Infinity : MOST_AIR * one.height;
    return { one, width: Math.floor(clientWidth / times), height: Math.floor(Math.min(clientHeight / times, most)), times };
  }
  draw() {  // on a slide when its turn comes, and then it is waited for
    if (!this.given || this.figure.closest('.slide:not(.is-ready)')) return this.drawn;
    const { one, width, height, times } = this.measure();
    if (!(width > 0 && height > 0)) return this.drawn;
    this.drawing.style.height = `${height}px`;
    this.drawing.style.width = times === 1 ? '' : `${width}px`;
    this.drawing.style.transform = times === 1 ? '' : `scale(${times})`;
    const wanted = `${onPaper} ${width} ${height} ${this.given.written}`;
    if (this.wanted === wanted) return this.drawn;
    this.wanted = wanted;
    return this.drawn = this.paint(one, width, height, wanted);
  }
  async paint(one, width, height, wanted) {
    const Plotly = await load();
    if (this.wanted !== wanted) return;  // something newer is being drawn
    const { data, layout } = structuredClone(one.figure);  // plotly.js writes into what it is given
    await Plotly.react(this.drawing, data, { ...layout, width, height, autosize: false }, CONFIG);
    this.drawing.style.setProperty('--shape', `${width} / ${height}`);
    for (const layer of this.drawing.querySelectorAll('.main-svg')) layer.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.listen();
    if (this.wanted === wanted) this.figure.dataset.drawn = this.given.written;
  }
  listen() {
    if (this.listens) return;
    this.listens = true;
    const act = ({ points }) => points[0]?.customdata;
    this.drawing.on('plotly_click', event => { if (act(event)) this.press(String(act(event))); });
    this.drawing.on('plotly_hover', event => this.drawing.classList.toggle('presses', Boolean(act(event))));
    this.drawing.on('plotly_unhover', () => this.drawing.classList.remove('presses'));
  }
  async save() {
    const { data, layout } = structuredClone(this.given.wide.figure), { width, format, filename } = this.given.picture;
    const height = this.given.wide.height;
    (await load()).downloadImage({ data, layout: { ...layout, width, height } }, { format, filename, width, height, scale: 2 });
  }
  end() {
    this.wanted = null;
    drawn.delete(this);
    this.watch.disconnect();
    document.removeEventListener('fullscreenchange', this.redraw);
    window.Plotly?.purge(this.drawing);
  }
}

const pressables = room => [...room.querySelectorAll('[data-act]')];
const locate = (room, element) => {  // which of those with the same act it is, and which of all
  const act = element && element.dataset.act, all = pressables(room);
  return act && { act, nr: all.filter(one => one.dataset.act === act).indexOf(element), place: all.indexOf(element) };
};
// What was pressed may be gone: a name, of which there is a chip now that takes it back; a chip, after which comes the next one.
const refocus = (room, had) => {
  const all = pressables(room), same = all.filter(one => one.dataset.act === had.act);
  const chip = document.querySelector(`.ours [data-act="${CSS.escape('-' + had.act)}"]`);
  const found = same[had.nr] ?? same.at(-1) ?? chip ?? all[Math.min(had.place, all.length - 1)];
  found?.focus({ preventScroll: true });
};

// A panel that is closed gives the focus back to what opened it, by whatever way it is closed: the script runs again meanwhile, and
// what was pressed may have been written anew. A panel that opens another goes away for a moment; a moment is waited for.
const MOMENT = 400;  // milliseconds
let opener, watched;
const isOpen = () => document.querySelector('[role=dialog]') !== null;
const giveBack = () => {
  const { room, had } = opener;
  opener = undefined;
  watched.disconnect();
  if (document.activeElement && document.activeElement !== document.body) return;  // the reader is elsewhere already
  refocus(room, had);
};
const remember = (room, pressed) => {
  if (pressed.closest('[role=dialog]')) return;  // the first that was pressed is gone back to
  opener = { room, had: locate(room, pressed) };
  watched?.disconnect();
  let was = false, later;
  watched = new MutationObserver(() => {
    clearTimeout(later);
    was ||= isOpen();
    if (was && !isOpen()) later = setTimeout(() => isOpen() || giveBack(), MOMENT);
  });
  watched.observe(document.body, { childList: true, subtree: true });
};

// A list or a field keeps the focus by its name: what is written anew is another element.
const nameOf = element => element?.id ? `#${CSS.escape(element.id)}` : element?.dataset?.name && `[data-name="${CSS.escape(element.dataset.name)}"]`;
const write = (room, data, press) => {
  const active = room.contains(document.activeElement) && document.activeElement;
  const had = locate(room, active && active.closest('[data-act]')), named = active && nameOf(active);
  const inside = room.querySelector('[data-part]')?.childNodes ?? [];  // until it has come anew
  const open = new Set([...room.querySelectorAll('details[open][id]')].map(one => one.id));
  const before = room.charts ?? new Map(), now = new Map(), part = document.createElement('div');
  for (const [name, colour] of Object.entries(data.colours)) room.style.setProperty(name, colour);
  part.append(...data.elements.map(make));
  for (const place of part.querySelectorAll('figure[data-chart]')) {
    const chart = before.get(place.dataset.chart) ?? new Chart(document.createElement('div'), press);
    chart.press = press;
    chart.figure.className = 'chart-room';
    place.append(chart.figure);
    now.set(place.dataset.chart, chart);
  }
  for (const [key, chart] of before) if (!now.has(key)) chart.end();
  part.querySelector('[data-part]')?.append(...inside);
  room.replaceChildren(...part.childNodes);
  room.charts = now;
  for (const [key, chart] of now) chart.show(data.charts[key]);
  room.slides?.end();
  const slides = room.querySelector('.slides');
  room.slides = slides ? new Slides(slides, now) : undefined;
  for (const one of room.querySelectorAll('details[id]')) if (open.has(one.id)) one.open = true;
  if (had) refocus(room, had);
  else if (named) room.querySelector(named)?.focus({ preventScroll: true });
};

// The language that a visit began with came with its page, from the link or the reader's browser. Another one was chosen since, and stays.
const YEAR = 31536000;  // seconds
const speak = language => {
  const page = document.documentElement;
  if (!language || page.lang === language) return;
  page.lang = language;
  document.cookie = `dashboard_lang=${language}; path=${new URL('.', document.baseURI).pathname}; max-age=${YEAR}; samesite=lax`;
};

const goTo = id => {  // a part of the page: in its address it would make a step of its own that Back takes
  const goal = document.getElementById(id);
  if (!goal) return;
  goal.tabIndex = -1;  // the next Tab goes on from there
  goal.focus({ preventScroll: true });
  goal.scrollIntoView();
};

// Another view of the same page: its parts are asked for by ourselves and written at once; the script of the server, which is told then,
// brings the same, and nothing is drawn again. Where they cannot be had, the script brings them.
const rooms = new Map();  // the parts of the page: what they are called, and where they stand
let latest;  // what was asked for last, to be broken off by what is asked for next
let underway = Promise.resolve();  // until its answer is shown
let ahead;  // the address of what is shown, while the browser's own is still that of the view before
const mark = updating => document.documentElement.toggleAttribute('data-updating', updating);
const askFor = async (address, names, signal) => {
  const target = new URL(address, document.baseURI), base = new URL('.', document.baseURI).pathname;
  const said = names.map(name => `part=${name}`).join('&');
  const query = `${target.search.slice(1)}&${rooms.get('bar')?.asks ?? rooms.get('page').asks}&${said}`;
  const answer = await fetch(`${base}parts/${target.pathname.slice(base.length)}?${query}`, { signal });
  if (!answer.ok) throw new Error(`parts: ${answer.status}`);
  return answer.json();
};
const kept = new Map();  // the last parts that were asked for: of what is drawn the script sends the digest alone
const KEPT = 20;
const keep = part => {
  kept.set(part.written, part);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
};
// An answer stands above the view that it answers; with another one it goes at once, and the script says whether there is one.
const dropAnswer = () => {
  const room = rooms.get('answer');
  room?.replaceChildren();
  if (room) room.written = undefined;
};
const showAhead = parts => {
  if (parts.page) dropAnswer();
  for (const [name, part] of Object.entries(parts)) {
    const room = rooms.get(name);
    if (!room || !part.written) continue;
    keep(part);
    if (part.written === room.written) continue;  // the script was quicker
    const isSaid = part.written === room.said.written;  // back to what the script said last, and does not say again
    [room.before, room.target] = isSaid ? [] : [room.said.written, part.written];  // until the script says the same, or is through
    room.show(part);
  }
  mark(false);
};
const showView = async (address, signal) => {  // the page first; how many records each value would leave now may come after it
  for (const name of ['page', 'bar'].filter(one => rooms.has(one))) showAhead(await askFor(address, [name], signal));
};
const goToView = async (address, press) => {
  latest?.abort();
  const mine = latest = new AbortController();
  mark(true);
  ahead = address;
  underway = showView(address, mine.signal).catch(() => { /* the script brings them */ });
  await underway;
  const drawn = [...rooms.values()].map(room => room.written).join();
  if (latest === mine) press(`open:${address.slice(1)}#${drawn}`);
};
// A list says where its values lead from the view that is shown: a second list that is used before the first was answered waits for it,
// and its choice is made in what stands there then. The same list again takes the place of what it said before.
let choosing;
const choose = async (room, list, press) => {
  const named = nameOf(list), { value, selectedIndex } = list;
  if (choosing && choosing !== named) await underway;
  choosing = named;
  const now = room.querySelector(named) ?? list, { address } = now.dataset;
  await goToView(!address ? now.options[selectedIndex].value : value ? address.replace('{}', encodeURIComponent(value)) : now.dataset.without, press);
  if (choosing === named) choosing = undefined;
};
// A day is typed in parts, and what stands there after each of them is a day too.
const PAUSE = 700;  // milliseconds
let typed;
const chooseDay = (room, field, press) => {
  clearTimeout(typed);
  typed = setTimeout(() => field.checkValidity() && choose(room, field, press), PAUSE);
};
const settle = () => {  // when the script is through, what it said last holds
  if (document.querySelector('.stApp').dataset.testScriptState === 'running') return;
  for (const room of rooms.values()) {
    if (!room.isLeft && (!room.target || room.said.written === room.before)) continue;  // a run that began before the script was told
    room.isLeft = room.target = undefined;
    room.show(room.said);
  }
  if (rooms.get('page')?.target) return;
  mark(false);
  ahead = undefined;
};
// The filters behind “More” come when it is opened, and anew with every view while it is.
const readAddress = () => ahead ?? `./${location.pathname.slice(new URL('.', document.baseURI).pathname.length)}${location.search}`;
const openMore = async more => {
  const place = more.querySelector('[data-part]');
  const parts = await askFor(readAddress(), [place.dataset.part]).catch(() => ({}));
  const named = place.contains(document.activeElement) && nameOf(document.activeElement);
  const found = parts[place.dataset.part];
  if (found) place.replaceChildren(...found.elements.map(make));
  if (named) place.querySelector(named)?.focus({ preventScroll: true });
};
const closeMore = (more, backTo) => {
  more.open = false;
  backTo?.focus();
};
document.addEventListener('pointerdown', ({ target }) => {
  const more = document.querySelector('details.more[open]');
  if (more && !more.contains(target)) closeMore(more);
});
document.addEventListener('keydown', ({ key }) => {
  const more = key === 'Escape' && !isOpen() && document.querySelector('details.more[open]');
  if (more) closeMore(more, more.querySelector('summary'));
});
let path;  // of the page whose parts stand here
window.addEventListener('popstate', () => {  // Back and Forward: Streamlit hears of them by itself
  latest?.abort();
  latest = new AbortController();
  ahead = undefined;
  for (const room of rooms.values()) {  // what was chosen is left: what the script says next holds, or said last and does not say again
    room.isLeft = Boolean(room.target);
    room.target = undefined;
  }
  if (location.pathname === path && rooms.get('page')?.asks) showView(readAddress(), latest.signal).catch(() => { /* the script brings them */ });
});
let watching;
const watchScript = () => {
  watching ??= new MutationObserver(settle);
  watching.observe(document.querySelector('.stApp'), { attributes: true, attributeFilter: ['data-test-script-state'] });
};
const canAsk = pressed => rooms.get('page')?.asks && !pressed.closest('[role=dialog]');

export default function ({ parentElement, data, setTriggerValue }) {
  const room = parentElement.querySelector('.ours');
  const press = act => setTriggerValue('pressed', act);
  const follow = act => {  // a mark of a chart leads where an element with the same word does
    const way = room.querySelector(`[data-view][data-act="${CSS.escape(act)}"]`);
    if (way && data.part !== 'answer' && canAsk(way)) return goToView(way.getAttribute('href'), press);
    if (way) mark(true);  // until the script is through
    press(act);
  };
  // light or dark is said where the page begins; a panel stands beside that
  if (!room.closest('.stApp')) room.style.colorScheme = getComputedStyle(document.querySelector('.stApp')).colorScheme;
  room.show = found => {
    if (room.written === found.written) return;
    if (!found.elements) return askFor(readAddress(), [found.part]).then(showAhead, () => { /* away */ });  // it was drawn in a room that is gone
    speak(found.language);
    write(room, found, follow);
    [room.written, room.asks] = [found.written, found.asks];
  };
  room.onclick = event => {
    const pressed = event.target.closest('[data-act], a[href^="#"]');
    // with a key held or another button the browser opens the address by itself, in a new tab
    if (!pressed || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!pressed.dataset.act) return goTo(pressed.hash.slice(1));
    if (room.slides?.follow(pressed.dataset.act)) return;
    remember(room, pressed);
    follow(pressed.dataset.act);
  };
  room.onchange = ({ target }) => {
    if (target.tagName === 'SELECT') choose(room, target, press);
    if (target.type === 'date') chooseDay(room, target, press);
  };
  room.onsubmit = event => {
    event.preventDefault();
    const { address, without } = event.target.dataset, value = event.target.elements.value.value.trim();
    goToView(value ? address.replace('{}', encodeURIComponent(value)) : without, press);
  };
  if (!room.said)
    room.addEventListener('toggle', ({ target }) => { if (target.matches('details.more[open]')) openMore(target); }, true);  // it does not bubble
  room.end = () => {
    if (rooms.get(data.part) === room) rooms.delete(data.part);
    room.slides?.end();
    for (const chart of room.charts?.values() ?? []) chart.end();
  };
  rooms.set(data.part, room);
  path = location.pathname;
  room.said = data.elements ? data : kept.get(data.written) ?? data;
  watchScript();
  if (!rooms.get('page')?.target) mark(false);  // a run may be over before anybody sees that it ran
  if (room.target && data.written !== room.target) return room.end;
  room.target = undefined;
  room.show(room.said);
  return room.end;
}
