// The generate form: another model keeps what was written, and the price follows every change.
(() => {
  const sheet = document.getElementById("sheet");
  const choice = document.getElementById("choice");
  const price = document.getElementById("price");
  const WAIT = 300; // milliseconds after the last change
  let timer = 0;
  let asked = 0;

  choice.querySelector("[data-choose]").hidden = true;
  choice.elements.model.addEventListener("change", () => {
    sheet.elements.model_id.value = choice.elements.model.value;
    const intent = document.createElement("input");
    Object.assign(intent, { type: "hidden", name: "intent", value: "model" });
    sheet.append(intent);
    sheet.submit();
  });

  async function ask() {
    const mine = (asked += 1);
    const answer = await fetch(sheet.dataset.price, { method: "POST", body: new FormData(sheet) });
    if (!answer.ok || mine !== asked) return;
    price.textContent = (await answer.json()).text;
  }

  sheet.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  ask();
})();
