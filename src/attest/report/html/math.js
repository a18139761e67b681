// Sets the mathematics: elements of class "m" hold LaTeX until they are set. Formulas are set as
// inline mathematics, which KaTeX lets break at relations, statements with displayed fractions.
"use strict";

const attest = {};

attest.setOne = function (element) {
    // Printing sets everything while the page is still setting what waits.
    if (!element.classList.replace("m", "set")) {
        return;
    }
    const latex = element.textContent;
    try {
        const style = element.closest(".statement") === null ? "" : "\\displaystyle ";
        katex.render(style + latex, element, {
            strict: "ignore", trust: false, maxSize: 20, maxExpand: 200,
        });
    } catch (error) {
        element.textContent = latex;
        element.classList.replace("set", "raw");
    }
};

/// Everything below root that is not set yet.
attest.setAll = function (root) {
    for (const element of root.querySelectorAll(".m")) {
        attest.setOne(element);
    }
};

/// Appends pieces of text and mathematics.
attest.label = function (parent, pieces) {
    for (const piece of pieces) {
        const span = document.createElement("span");
        span.textContent = piece.text;
        parent.append(span);
        if (piece.math) {
            span.className = "m";
            attest.setOne(span);
        }
    }
};

// A page full of formulas takes a while: in slices, from the top, so that it can be read meanwhile.
attest.setSlowly = function () {
    const waiting = [...document.querySelectorAll(".m")].filter((m) => !m.closest("details"));
    const slice = function () {
        const start = performance.now();
        while (waiting.length > 0 && performance.now() - start < 30) {
            attest.setOne(waiting.shift());
        }
        if (waiting.length > 0) {
            setTimeout(slice, 0);
        }
    };
    slice();
};

document.addEventListener("toggle", function (event) {
    if (event.target.open) {
        attest.setAll(event.target);
    }
}, true);
window.addEventListener("beforeprint", () => attest.setAll(document));
