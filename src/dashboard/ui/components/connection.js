const KEPT = 'dashboard-cut';  // outlives a new session, in which everything here is drawn anew
const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
const clock = at => new Date(at).toLocaleTimeString(document.documentElement.lang || undefined, CLOCK);
const fill = (sentence, times) => sentence.replace(/\{(\w+)\}/g, (place, name) => name in times ? clock(times[name]) : place);
const read = () => { try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch (error) { return null; } };
const keep = value => { try { value ? sessionStorage.setItem(KEPT, JSON.stringify(value)) : sessionStorage.removeItem(KEPT); } catch (error) { /* private */ } };
const away = () => {
  const app = document.querySelector('[data-testid=stApp]');
  return Boolean(app) && app.dataset.testConnectionState !== undefined && app.dataset.testConnectionState !== 'CONNECTED';
};
const close = () => {  // Streamlit's window speaks of its command line, and covers what can still be read
  for (const window of document.querySelectorAll('[role=dialog]'))
    if (window.textContent.startsWith('Connection error')) window.querySelector('button[aria-label=Close]')?.click();
};
export default function ({ parentElement, data }) {
  const said = parentElement.querySelector('p');
  const room = (parentElement.getRootNode().host || parentElement).closest('[data-testid=stElementContainer]');
  if (room) room.style.position = 'absolute';  // it takes none on the page, nor on a slide
  parentElement.stop?.();  // drawn again with other data
  let hide, closer;
  const say = text => { said.textContent = text; said.hidden = !text; };
  const look = () => {
    const cut = read();
    if (away()) {
      clearTimeout(hide); hide = undefined;
      closer ??= setInterval(close, 200);
      const since = cut && !cut.back ? cut : { since: Date.now(), version: data.version };
      keep(since);
      say(fill(data.away, { since: since.since }));
      return;
    }
    clearInterval(closer); closer = undefined;
    if (cut) {
      const back = cut.back || Date.now();
      if (!cut.back) keep({ ...cut, back });
      const sentence = cut.version !== data.version ? data.changed : data.same;
      const left = back + 15000 - Date.now();
      if (left <= 0) { keep(null); say(''); return; }
      say(fill(sentence, { since: cut.since, back }));
      if (hide === undefined) hide = setTimeout(() => { hide = undefined; keep(null); say(''); }, left);
    }
  };
  const app = document.querySelector('[data-testid=stApp]');
  const watch = new MutationObserver(look);
  if (app) watch.observe(app, { attributes: true, attributeFilter: ['data-test-connection-state'] });
  look();
  parentElement.stop = () => { watch.disconnect(); clearTimeout(hide); clearInterval(closer); };
  return parentElement.stop;
}
