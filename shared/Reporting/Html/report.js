// Copies commands, and draws the charts live where Vega is in the page. Everything is readable without it.
(() => {
  "use strict";

  for (const box of document.querySelectorAll(".command")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the command");
    button.addEventListener("click", () => copy(box.querySelector("code"), button));
    box.append(button);
  }

  async function copy(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      // A file opened from disk may not use the clipboard: select the text instead.
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

  if (typeof vega === "undefined" || typeof vegaLite === "undefined") return;

  // Two panels side by side where there is room, one above the other where there is not.
  function fit(spec, width) {
    const roomy = width >= 720;
    for (const row of spec.vconcat ?? []) {
      const panels = row.hconcat;
      const each = Math.max(180, Math.floor(roomy ? width / 2 : width) - 90);
      for (const panel of panels) panel.width = each;
      if (!roomy) {
        row.vconcat = panels;
        delete row.hconcat;
      }
    }
    // The overview: names to its left and verdicts to its right take what they need.
    if (!spec.vconcat) spec.width = Math.max(160, Math.min(620, width - 420));
    return spec;
  }

  async function draw(figure) {
    const drawing = figure.querySelector(".drawing");
    const source = figure.querySelector("script").textContent;
    const target = document.createElement("div");
    try {
      const spec = fit(JSON.parse(source), drawing.clientWidth);
      const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "svg", container: target, hover: true });
      await view.runAsync();
      drawing.replaceChildren(target);
      const svg = target.querySelector("svg");
      svg.style.maxWidth = "none";
    } catch (error) {
      const note = document.createElement("p");
      note.className = "absent";
      note.textContent = `The live chart failed: ${error.message}`;
      figure.append(note);
    }
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "400px" });
  for (const figure of document.querySelectorAll("figure.chart")) seen.observe(figure);
})();
