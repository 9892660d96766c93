// The words at the foot of every sheet: a margin box prints what the root of the document holds, which no other style can set.
export default function ({ data }) {
  const quoted = '"' + data.foot.replace(/[^A-Za-z0-9 ,.]/gu, c => '\\' + c.codePointAt(0).toString(16) + ' ') + '"';
  document.documentElement.style.setProperty('--foot-of-paper', quoted);
}
