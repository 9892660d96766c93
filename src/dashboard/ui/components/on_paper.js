// The words at the foot of every sheet, and the number of the sheet among all: a margin box prints what the root of the document holds,
// which no other style can set.
const quote = words => '"' + words.replace(/[^A-Za-z0-9 ,.]/gu, c => '\\' + c.codePointAt(0).toString(16) + ' ') + '"';
const count = sentence => sentence.split(/\{(page|pages)\}/).map((piece, nr) => nr % 2 ? `counter(${piece})` : quote(piece)).join(' ');
export default function ({ data }) {
  const { style } = document.documentElement;
  style.setProperty('--foot-of-paper', quote(data.foot));
  style.setProperty('--pages-of-paper', count(data.pages));
}
