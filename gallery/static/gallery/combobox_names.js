// The search boxes of the admin take the names of their labels, which select2 does not give them.
// jQuery calls in the order of asking: by now the admin's own script has asked for the boxes to be made.
django.jQuery(() => {
  document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = document.getElementById(`select2-${select.id}-container`);
    if (label && box) box.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""));
  });
});
