// Filters apply as soon as a choice is made; without this module their button does it.
for (const form of document.querySelectorAll("form[data-instant]"))
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=search]")) form.requestSubmit();
  });
