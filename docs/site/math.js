// Sets what pandoc marked as mathematics. A formula that KaTeX refuses stays as it is written, in red.
for (const element of document.querySelectorAll("span.math")) {
  katex.render(element.textContent, element, {
    displayMode: element.classList.contains("display"),
    throwOnError: false,
  });
}
