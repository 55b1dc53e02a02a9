// A form that answers while one types: the part named #outcome is asked for anew and put in place.
// Without this module the button does it.
const PAUSE = 400;
for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting = 0;
  let asked = 0;
  const renew = async () => {
    const turn = ++asked;
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#outcome");
    if (!fresh || turn !== asked) return;
    const held = document.activeElement;
    const kept = form.querySelector("#outcome").contains(held) ? held.id : "";
    const [start, end] = kept ? [held.selectionStart, held.selectionEnd] : [0, 0];
    form.querySelector("#outcome").replaceWith(document.adoptNode(fresh));
    const again = kept && document.getElementById(kept);
    if (again) {
      again.focus();
      again.setSelectionRange(start, end);
    }
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(renew, PAUSE);
  });
  form.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, PAUSE);
  });
}
