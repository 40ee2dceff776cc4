// A kiosk with a printer prints the slip by itself (a browser in kiosk mode prints without asking).
window.addEventListener("load", () => window.print());
