// Dropping a file on the form, and its progress; without this module the form works as a plain upload.
const form = document.querySelector("[data-drop]");

function send(form) {
  const state = form.querySelector(".drop-state");
  const progress = form.querySelector("progress");
  const request = new XMLHttpRequest();
  const fail = () => {
    progress.hidden = true;
    form.removeAttribute("aria-busy");
    state.textContent = state.dataset.failed;
  };
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const share = Math.round((100 * event.loaded) / event.total);
    progress.value = share;
    state.textContent = share < 100 ? `${state.dataset.sending} ${share}%` : state.dataset.reading;
  });
  request.addEventListener("load", () => {
    if (request.status === 200) return location.assign(request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    fail();
    state.textContent = (page.querySelector("#problem") ?? page.querySelector("main h1"))?.textContent ?? state.dataset.failed;
  });
  request.addEventListener("error", fail);
  form.setAttribute("aria-busy", "true");
  progress.hidden = false;
  request.open("POST", form.action || location.href);
  request.send(new FormData(form));
}

if (form) {
  const picker = form.querySelector("input[type=file]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const state = form.querySelector(".drop-state");
    const tooLarge = picker.files[0]?.size > Number(picker.dataset.limit) * 1024 * 1024;
    if (tooLarge) state.textContent = state.dataset.large;
    else if (form.getAttribute("aria-busy") !== "true") send(form);
  });
  for (const kind of ["dragenter", "dragover"])
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    picker.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
