// What changed since the last visit, on Overview. The visit, a version and a day, is kept in this browser alone (localStorage): the
// dashboard hears of it when it is asked what changed since, and keeps nothing. Every page of what is live has a <dashboard-visit>.
const KEPT = 'dashboard-visit';
const ever = () => localStorage, inThisTab = () => sessionStorage;  // the latter outlives loading the page again
const read = store => { try { return JSON.parse(store().getItem(KEPT)); } catch (error) { return null; } };
const keep = (store, visit) => { try { store().setItem(KEPT, JSON.stringify(visit)); } catch (error) { /* private */ } };

let since;  // the visit since which is told; {} on a first one
const tellSince = visit => keep(inThisTab, since = visit);
tellSince(read(inThisTab) ?? read(ever) ?? {});
let shown;  // what is live and in sight: its version and day
const keepVisit = () => { if (shown) keep(ever, shown); };

const make = node => {  // as page.js makes them: no text becomes markup
  if (typeof node === 'string') return document.createTextNode(node);
  const [tag, css, attributes, ...children] = node, element = document.createElement(tag);
  if (css) element.className = css;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map(make));
  return element;
};
const root = () => new URL('.', document.baseURI).pathname;
const ask = async () => {
  const asked = new URLSearchParams({ part: 'since', year: 'all', lang: document.documentElement.lang });
  if (since.version) { asked.set('since', since.version); asked.set('on', since.day); }
  const answer = await fetch(`${root()}parts/?${asked}`);
  if (!answer.ok) throw new Error(`parts: ${answer.status}`);
  return (await answer.json()).since?.elements ?? [];
};

// Asked for before the page is there, so that the lines come with it and nothing moves afterwards; where nothing is new, never.
const served = document.querySelector('meta[name=dashboard-version]')?.content;
const aside = ['v', 'candidate', 'present', 'embed'];
const plain = location.pathname === root() && !aside.some(name => new URLSearchParams(location.search).has(name));
let first = plain && served && since.version !== served ? ask() : undefined;
first?.catch(() => { /* asked again by the page */ });
const answers = new Map();  // the lines, by the two versions and the language; null while they are on their way
const tell = place => {
  const about = [since.version, shown.version, document.documentElement.lang].join(), same = since.version === shown.version;
  const lines = same ? [] : answers.get(about);
  place.classList.toggle('is-awaited', Boolean(since.version) && !lines);  // most probably there will be some: their room is kept
  if (lines) return place.replaceChildren(...lines.map(make));
  if (answers.has(about)) return;
  answers.set(about, null);
  (first ?? ask()).then(found => { answers.set(about, found); tellAll(); }, () => {
    answers.delete(about);
    place.classList.remove('is-awaited');
  });
  first = undefined;
};
const tellAll = () => { if (shown) document.querySelectorAll('dashboard-visit[data-tells]').forEach(tell); };

class Visit extends HTMLElement {
  connectedCallback() {
    const { version, day, tells } = this.dataset;
    if (shown?.version !== version && !document.hidden) keepVisit();  // new data has come: until now the other was in sight
    shown = { version, day };
    if (tells !== undefined) tell(this);
  }
  disconnectedCallback() {
    if (document.querySelector('dashboard-visit')) return;  // the page was written anew
    keepVisit();
    shown = undefined;
  }
}
customElements.define('dashboard-visit', Visit);

document.addEventListener('visibilitychange', () => {
  const kept = read(ever);
  if (document.hidden) keepVisit();
  else if (shown && kept && kept.version !== shown.version) {  // published while the tab was out of sight
    tellSince(kept);
    tellAll();
  }
});
window.addEventListener('pagehide', () => { if (!document.hidden) keepVisit(); });
