export default function ({ parentElement, data }) {
  const button = parentElement.querySelector('button'), said = parentElement.querySelector('span');
  button.textContent = data.label;
  if (said.dataset.of !== data.text) { said.textContent = ''; said.dataset.of = data.text; }  // drawn again: still copied
  button.onclick = async () => {
    let done = false;
    try { await navigator.clipboard.writeText(data.text); done = true; } catch (error) { /* no HTTPS */ }
    if (!done) {
      const area = document.createElement('textarea');
      area.value = data.text; area.style.position = 'fixed'; area.style.opacity = '0';
      ((button.getRootNode().host || button).closest('[role=dialog]') || document.body).append(area); area.select();
      done = document.execCommand('copy');
      area.remove(); button.focus();
    }
    said.textContent = done ? data.copied : data.by_hand;
  };
}
