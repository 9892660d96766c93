// The rows of a table for paper. They are written when the page is printed: most readers never do.
const line = (kind, cells) => {
  const row = document.createElement('tr');
  for (const cell of cells) row.appendChild(document.createElement(kind)).textContent = cell;
  return row;
};
export default function ({ parentElement, data }) {
  const table = parentElement.querySelector('table'), more = parentElement.querySelector('p');
  const room = (parentElement.getRootNode().host || parentElement).closest('[data-testid=stElementContainer]');
  const place = printed => { if (room) room.style.position = printed ? '' : 'absolute'; };  // no room on the screen
  const write = () => {
    place(true);
    const head = document.createElement('thead'), body = document.createElement('tbody');
    head.append(line('th', data.columns));
    body.append(...data.rows.map(row => line('td', row)));
    table.replaceChildren(head, body);
    more.textContent = data.more;
  };
  const clear = () => { table.replaceChildren(); more.textContent = ''; place(false); };
  parentElement.stop?.();
  clear();
  window.addEventListener('beforeprint', write);
  window.addEventListener('afterprint', clear);
  parentElement.stop = () => {
    window.removeEventListener('beforeprint', write);
    window.removeEventListener('afterprint', clear);
  };
  return parentElement.stop;
}
