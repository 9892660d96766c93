// The slides of a presentation (ui/slide_elements.py): all are there, one of them is seen. The next one has been made as large as fits
// and drawn before anybody asks for it, so that a key shows it at once and whole, also while the server is away. Which one is seen
// stands in the address (step), from where it is read: a link opens its slide, and a page that is drawn anew shows the same.
const LARGEST = 0.85 / 15;  // of the letters of the sentence, where names are 15 pixels on a page
const PLANNED = 936;  // pixels: the narrowest page for which a picture of elements was planned
const EXACT = 0.01;
const PATIENCE = 1000;  // milliseconds: after these a slide is shown as far as it is drawn
const KEYS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity };

// What is made of elements is shown as large as there is room for all of it; what is left is put between its rows.
const ROWS = '.slide-rows > li, .cohort, .bullet, .grant, .dumbbell, .matrix tbody tr';
const AIR = 12;  // pixels above and below a row, at most
const fit = room => {
  const place = room.closest('.slide-room'), sentence = room.closest('.slide').querySelector('.headline');
  const largest = LARGEST * parseFloat(getComputedStyle(sentence).fontSize);
  const fits = times => {
    room.style.zoom = times;
    return room.getBoundingClientRect().height <= place.clientHeight && place.scrollWidth <= place.clientWidth;
  };
  for (const name of ['--rest', '--air']) room.style.setProperty(name, '0px');
  let most = room.matches('.slide-drawn') ? Math.max(1, place.clientWidth / PLANNED) : largest, least = 0.3;
  if (fits(most)) least = most;
  while (most - least > EXACT) {
    const times = (most + least) / 2;
    if (fits(times)) least = times; else most = times;
  }
  fits(least);
  const rest = Math.max(0, (place.clientHeight - room.getBoundingClientRect().height) / least - 2);
  room.style.setProperty('--rest', `${Math.floor(rest)}px`);
  room.style.setProperty('--air', `${Math.min(AIR, Math.floor(rest / 2 / (room.querySelectorAll(ROWS).length || 1)))}px`);
};

const idle = () => new Promise(done => (window.requestIdleCallback ?? setTimeout)(done));
const wait = time => new Promise(done => setTimeout(done, time));
const readStep = () => Number(new URLSearchParams(location.search).get('step')) || 1;
const isPresented = () => new URL(location.href).searchParams.has('present');
const writeStep = step => {
  const address = new URL(location.href);
  address.searchParams.set('step', step);
  if (address.href !== location.href) history.replaceState(history.state, '', address);
};

export class Slides {
  constructor(room, charts) {
    this.room = room;
    this.charts = charts;
    for (const chart of charts.values()) chart.press = () => {};  // a slide is looked at
    this.all = [...room.children];
    this.said = room.appendChild(document.createElement('p'));
    this.said.className = 'only-heard';
    this.said.setAttribute('aria-live', 'polite');
    this.ended = new AbortController();
    const { signal } = this.ended;
    document.addEventListener('keydown', event => this.press(event), { signal });
    window.addEventListener('resize', () => this.begin(), { signal });
    window.addEventListener('popstate', () => isPresented() && this.go(readStep()), { signal });  // else it is left
    this.begin();
  }
  end() { this.ended.abort(); }
  begin() {  // the one that is asked for is seen at once, the others are made ready behind it
    for (const slide of this.all) slide.classList.remove('is-ready');
    this.see(this.find(this.step ?? readStep()));
    this.prepareAll();
  }
  find(step) { return Math.min(Math.max(step, 1), this.all.length); }
  async prepareAll() {
    const turn = this.turn = {}, order = this.all.map((_, nr) => nr + 1);
    order.sort((one, other) => Math.abs(one - this.step - 0.4) - Math.abs(other - this.step - 0.4));  // the next before the one before
    await document.fonts.ready;
    for (const step of order) {
      if (step !== this.step) await idle();
      if (this.turn !== turn || this.ended.signal.aborted) return;
      await this.prepare(step);
    }
  }
  prepare(step) {
    const slide = this.all[step - 1];
    if (!slide.classList.contains('is-ready')) {
      slide.classList.add('is-ready');
      slide.querySelectorAll('.slide-fit').forEach(fit);
    }
    const places = [...slide.querySelectorAll('figure[data-chart]')];
    return Promise.all(places.map(place => this.charts.get(place.dataset.chart)?.draw()));
  }
  async go(step) {  // the old one stands until the new one is whole
    const goal = this.goal = this.find(step);
    await Promise.race([this.prepare(goal), wait(PATIENCE)]);
    if (this.goal === goal && !this.ended.signal.aborted) this.see(goal);
  }
  see(step) {
    const slide = this.all[step - 1], had = this.room.contains(document.activeElement) ? document.activeElement.className : '';
    this.goal = this.step = step;
    for (const one of this.all) one.classList.toggle('is-seen', one === slide);
    this.said.textContent = `${slide.getAttribute('aria-label')}: ${slide.querySelector('.headline').textContent}`;
    writeStep(step);
    if (had) (slide.querySelector(`a.${had}`) ?? slide.querySelector('.slide-ways a')).focus({ preventScroll: true });
  }
  follow(act) {
    const [name, step] = act.split('=');
    if (name !== 'step') return false;
    this.go(Number(step));
    return true;
  }
  press(event) {
    const { key, target } = event, by = KEYS[key];
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || target.closest('input, textarea, select, [role=dialog]')) return;
    if (key === 'Escape') this.all[this.step - 1].querySelector('.slide-end').click();
    else if (by) this.go(this.goal + by);
    else return;
    event.preventDefault();
  }
}
