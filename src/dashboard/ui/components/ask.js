// The field in which a question is asked, and what is suggested while it is typed: a combobox with a list of options in groups. What is
// suggested is asked for by POST, so that no question stands in an address or a log. Enter works without: it is the script that answers.
const PAUSE = 150;  // milliseconds without a key
const LONGEST = 10000;  // milliseconds that the page is marked as being asked
const NAME = 'ask';
const mark = updating => document.documentElement.toggleAttribute('data-updating', updating);
const field = () => document.querySelector('.ask-field input');
let heard = '';  // the answer that is shown, or was; the field may be another one on the next page
let isReady = false;  // the server was told that somebody is about to ask
let asked = null;  // the question that is being answered
const clean = text => text.replace(/\p{Cf}/gu, '').replace(/[\p{C}\p{Z}]+/gu, ' ').trim();  // as clean_question of asking/question.py does

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const drawOption = ({ label, detail, act, href }, id) =>
  make('div', { role: 'option', id, class: 'ask-option', 'aria-selected': 'false', 'data-act': act, 'data-href': href },
    make('span', { class: 'ask-name' }, label), ...(detail ? [' ', make('small', {}, detail)] : []));
const drawGroup = ({ label, options }, nr) =>
  make('div', { role: 'group', 'aria-labelledby': `${NAME}-group-${nr}` },
    make('div', { role: 'presentation', class: 'ask-group', id: `${NAME}-group-${nr}` }, label),
    ...options.map((option, place) => drawOption(option, `${NAME}-option-${nr}-${place}`)));

class Field {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector('input');
    this.list = form.querySelector('[role=listbox]');
    this.status = form.querySelector('[role=status]');
    form.addEventListener('submit', event => { event.preventDefault(); this.enter(); });
    form.addEventListener('focusout', ({ relatedTarget }) => { if (!form.contains(relatedTarget)) this.close(); });
    this.input.addEventListener('input', () => this.wait());
    this.input.addEventListener('focus', () => this.prepare());
    this.input.addEventListener('keydown', event => this.press(event));
    this.list.addEventListener('mousedown', event => event.preventDefault());  // the focus stays in the field
    this.list.addEventListener('click', event => this.choose(event.target.closest('[role=option]'), event));
  }
  show(data, setTriggerValue) {
    mark(false);
    this.trigger = value => setTriggerValue('pressed', value);
    const before = this.data ?? {};
    this.data = data;
    this.input.placeholder = data.placeholder;
    for (const element of [this.input, this.list]) element.setAttribute('aria-label', data.label);
    this.input.title = data.hint;
    if (data.value !== before.value && document.activeElement !== this.input) this.input.value = data.value;
    if (data.answer && data.answer !== heard) this.hear(data);
  }
  // --- what is asked
  enter() {
    const marked = this.marked();
    if (marked) return this.choose(marked);
    const text = clean(this.input.value);
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    this.stop();
    asked = text;
    mark(true);
    clearTimeout(this.unmarking);
    this.unmarking = setTimeout(() => mark(false), LONGEST);
    this.trigger(`ask:${text}`);
  }
  // The focus goes to the answer, which is read; it is only said where the reader is elsewhere: at a chip that was taken back, or writing on.
  // Of two questions that follow each other quickly the answer of the first one is not the one that is awaited.
  hear({ answer, said, value }) {
    heard = answer;
    if (asked !== null && value !== asked) return this.say(said);
    const isAwaited = asked !== null && ['', asked].includes(clean(this.input.value));
    asked = null;
    if (!isAwaited) return this.say(said);
    this.input.value = value;
    goTo(answer);
  }
  say(words) {
    this.status.textContent = words;
  }
  // --- what is suggested
  stop() {
    clearTimeout(this.later);
    this.asking?.abort();
    this.close();
  }
  wait() {
    this.stop();
    if (this.input.value.trim()) this.later = setTimeout(() => this.suggest(), PAUSE);
  }
  post(text, signal) {
    const body = JSON.stringify({ ...this.data.asks, query: location.search.slice(1), text });
    const address = `${new URL('.', document.baseURI).pathname}suggestions`;
    return fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, signal });
  }
  prepare() {
    if (!isReady) this.post('').catch(() => { /* the first answer takes longer */ });
    isReady = true;
  }
  async suggest() {
    const mine = this.asking = new AbortController();
    try {
      const answer = await this.post(this.input.value, mine.signal);
      const found = answer.ok ? await answer.json() : { groups: [], said: '' };
      if (mine === this.asking && !mine.signal.aborted && document.activeElement === this.input) this.open(found);
    } catch { /* Enter works without */ }
  }
  open({ groups, said }) {
    this.list.replaceChildren(...groups.map(drawGroup));
    this.list.scrollTop = 0;
    this.mark();
    const isOpen = groups.length > 0;
    this.list.hidden = !isOpen;
    this.input.setAttribute('aria-expanded', String(isOpen));
    this.say(said);
  }
  close() {
    if (this.list.hidden) return;
    this.open({ groups: [], said: '' });
  }
  // --- the keyboard
  options() {
    return [...this.list.querySelectorAll('[role=option]')];
  }
  marked() {
    return this.list.querySelector('[aria-selected=true]');
  }
  mark(option) {
    this.marked()?.setAttribute('aria-selected', 'false');
    option?.setAttribute('aria-selected', 'true');
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }
  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = this.options(), place = all.indexOf(this.marked());
    const goals = {
      ArrowDown: all[place + 1],  // after the last one comes the field again
      ArrowUp: place < 0 ? all.at(-1) : all[place - 1],
      ...(place < 0 ? {} : { Home: all[0], End: all.at(-1) }),  // with none marked they move in the text
    };
    if (event.key === 'Escape') this.escape(event);
    else if (event.key === 'ArrowDown' && !all.length) this.wait();
    else if (all.length && event.key in goals && !event.shiftKey) {
      event.preventDefault();
      this.mark(goals[event.key]);
    }
  }
  escape(event) {
    event.stopPropagation();
    const wasOpen = !this.list.hidden;
    this.stop();
    if (!wasOpen) this.input.blur();
  }
  choose(option, event) {
    if (!option) return;
    const { act, href } = option.dataset;
    if (event?.ctrlKey || event?.metaKey || event?.shiftKey) return window.open(new URL(href, document.baseURI), '_blank', 'noopener');
    this.stop();
    this.input.value = this.data.value;
    this.trigger(act);
  }
  end() {
    this.stop();
  }
}

// The answer is drawn a moment after it is known here that there is one.
const AWAITED = 10000;  // milliseconds
const goTo = id => {
  const go = () => {
    const goal = document.getElementById(id);
    if (!goal) return false;
    goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
    document.querySelector('[data-testid=stMain]')?.scrollTo({ top: 0 });
    return true;
  };
  if (go()) return;
  const watch = new MutationObserver(() => go() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), AWAITED);
};

// Two ways to the field from everywhere, but from where is written.
const writes = ({ target }) => target.closest?.('input, textarea, select, [contenteditable]');
// Some browsers tell of a key without a name where they fill in what was kept.
const isCalled = event => event.key?.toLowerCase() === 'k' ? (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  : event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !writes(event);
document.addEventListener('keydown', event => {
  const input = field();
  if (!input || event.defaultPrevented || !isCalled(event) || document.querySelector('[role=dialog]')) return;
  event.preventDefault();
  input.focus();
  input.select();
});

export default function ({ parentElement, data, setTriggerValue }) {
  const form = parentElement.querySelector('.ask-field');
  form.field ??= new Field(form);
  form.field.show(data, setTriggerValue);
  return () => form.field.end();
}
