// The button says how many posts were read; without any it does nothing.
const form = document.querySelector("[data-batch]");

function count() {
  const ticked = [...form.querySelectorAll('input[name="read"]:checked')];
  const posts = ticked.reduce((sum, one) => sum + Number(one.dataset.posts), 0);
  const button = form.querySelector("[data-approve]");
  button.disabled = posts === 0;
  form.querySelector("[data-count]").textContent = posts.toLocaleString();
}

if (form) {
  form.addEventListener("change", count);
  count();
}
