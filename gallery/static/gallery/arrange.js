// Rows put in order: dragged among their neighbours, or moved by their arrows. Saved by the form.
(() => {
  const form = document.getElementById("arrange");
  if (!form) return;
  const told = document.getElementById("moved");
  let dragged = null;

  const rowOf = (element) => element.closest("[data-row]");
  const name = (row) => row.querySelector("[data-name]").textContent;
  const tell = (row) => { told.textContent = form.dataset.moved.replace("%s", name(row)); };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    event.preventDefault();
    const row = rowOf(button);
    const neighbour = button.dataset.step === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!neighbour) return;
    neighbour[button.dataset.step === "up" ? "before" : "after"](row);
    button.focus();
    tell(row);
  });

  form.addEventListener("dragstart", (event) => {
    dragged = rowOf(event.target);
    dragged.setAttribute("data-dragged", "");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", name(dragged));
  });
  form.addEventListener("dragover", (event) => {
    let over = dragged && rowOf(event.target);
    while (over && over.parentElement !== dragged.parentElement) over = rowOf(over.parentElement);
    if (!over) return; // another branch: it stays in its own
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    const isLower = event.clientY > box.top + box.height / 2;
    over[isLower ? "after" : "before"](dragged);
  });
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", () => {
    dragged.removeAttribute("data-dragged");
    tell(dragged);
    dragged = null;
  });

  form.querySelectorAll("[data-row] > .arrange__one").forEach((one) => { one.draggable = true; });
  form.setAttribute("data-live", "");
})();
