return [...document.querySelectorAll("#margin .card[data-id]")]
  .filter((card) => card.getClientRects().length > 0)
  .map((card) => [card.getBoundingClientRect().top, card])
  .sort(([a], [b]) => a - b)
  .map(([, card]) => ({
    id: card.dataset.id,
    tag: card.dataset.tag ?? "",
    quote: card.querySelector(".card-quote")?.textContent ?? "",
    focused: card.classList.contains("focused"),
  }));
