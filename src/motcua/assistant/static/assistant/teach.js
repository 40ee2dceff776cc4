// While a comparison is under way: look again by itself, so that nobody has to press. Without script there is the link.
const again = document.querySelector("[data-again]");
if (again) setTimeout(() => location.assign(again.href), 3000);
