"use strict";
// The photos behind the mark that the address names (#m12, or #p7 for a photo), in a strip at the foot of the page.
const data = JSON.parse(document.getElementById("data").textContent);
const drawer = document.getElementById("drawer");
const film = drawer.querySelector(".film");
let opener = null;

function element(name, text, parent, kind) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return parent.appendChild(made);
}

function strip(photo, parent) {
  const bar = element("div", "", parent, "strip");
  for (const [hex, width] of data.photos[photo][2]) {
    const part = element("i", "", bar);
    part.style.background = hex;
    part.style.setProperty("--w", width);
  }
}

function frame(photo, caption) {
  const figure = element("figure", "", film);
  const source = document.querySelector(`#photo${photo} img`);
  if (source) {
    const image = element("img", "", figure);
    image.src = source.src;
    image.alt = data.photos[photo][0];
    image.loading = "lazy";
  } else element("div", "", figure, "none");
  strip(photo, figure);
  const words = element("figcaption", "", figure);
  if (caption) element("b", caption + " ", words);
  words.append(data.photos[photo][0].split("/").pop());
  words.title = data.photos[photo][0] + (data.photos[photo][1] ? " · " + data.photos[photo][1] : "");
}

function percent(share) {
  return share >= 0.0995 ? Math.round(100 * share) + " %" : (100 * share).toFixed(1) + " %";
}

function close() {
  drawer.hidden = true;
  document.body.classList.remove("open");
  for (const link of document.querySelectorAll("a.on")) link.classList.remove("on");
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  if (opener) opener.focus({ preventScroll: true });
  opener = null;
}

function open() {
  const found = /^#([mp])(\d+)$/.exec(location.hash);
  if (!found) return;
  const number = Number(found[2]);
  const list = found[1] === "m" ? data.marks : data.photos;
  if (number >= list.length) return;
  for (const link of document.querySelectorAll("a.on")) link.classList.remove("on");
  for (const link of document.querySelectorAll(`a[href="${location.hash}"]`)) link.classList.add("on");
  film.replaceChildren();
  film.scrollLeft = 0;
  const patch = drawer.querySelector("i"), title = drawer.querySelector("h3"), note = drawer.querySelector(".meta");
  if (found[1] === "m") {
    const [name, hex, share, photos, shares] = data.marks[number];
    patch.style.background = hex;
    title.textContent = `${name}  ${hex}`;
    const count = photos.length === 1 ? "1 photo" : `${photos.length} photos`;
    note.textContent = `${share} · ${count}, those with the most of it first`;
    photos.forEach((photo, index) => frame(photo, percent(shares[index] / 1000)));
  } else {
    const [name, about, colours] = data.photos[number];
    patch.style.background = colours.length ? colours[0][0] : "none";
    title.textContent = name;
    note.textContent = [about, colours.map(([hex, width]) => `${hex} ${percent(width / 1000)}`).slice(0, 6).join("  ")]
      .filter(Boolean).join(" · ");
    frame(number, "");
  }
  drawer.hidden = false;
  document.body.classList.add("open");
}

document.addEventListener("click", event => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  opener = link;
  if (link.getAttribute("href") === location.hash) { event.preventDefault(); close(); }
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && !drawer.hidden) close();
});
drawer.querySelector("button").addEventListener("click", close);
const chooser = document.getElementById("pair");
if (chooser) chooser.addEventListener("change", () => {
  for (const pair of document.querySelectorAll(".pair")) pair.hidden = pair.dataset.pair !== chooser.value;
});
addEventListener("hashchange", open);
open();
