// Graphs of proofs: the box under the pointer or the focus, what it rests on and what rests on it.
"use strict";

attest.reach = function (edges, start, from, to) {
    const found = new Set([start]);
    for (const node of found) { // a set grows while it is walked through
        for (const edge of edges) {
            if (edge.dataset[from] === node) {
                found.add(edge.dataset[to]);
            }
        }
    }
    return found;
};

for (const graph of document.querySelectorAll("svg.graph")) {
    const nodes = [...graph.querySelectorAll(".node")];
    const edges = [...graph.querySelectorAll(".edge")];
    const show = function (node) {
        const start = node.dataset.node;
        const below = attest.reach(edges, start, "from", "to");
        const above = attest.reach(edges, start, "to", "from");
        for (const other of nodes) {
            const id = other.dataset.node;
            other.classList.toggle("dim", !below.has(id) && !above.has(id));
        }
        for (const edge of edges) {
            const { from, to } = edge.dataset;
            const related = (below.has(from) && below.has(to)) || (above.has(from) && above.has(to));
            edge.classList.toggle("dim", !related);
        }
    };
    const clear = function () {
        graph.querySelectorAll(".dim").forEach((item) => item.classList.remove("dim"));
    };
    for (const node of nodes) {
        node.addEventListener("pointerenter", () => show(node));
        node.addEventListener("focus", () => show(node));
        node.addEventListener("pointerleave", clear);
        node.addEventListener("blur", clear);
    }
    // A graph wider than the page can be read whole, if small.
    const box = graph.parentElement;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "fit to width";
    button.setAttribute("aria-pressed", "false");
    button.className = "fit";
    button.addEventListener("click", function () {
        const fitted = box.classList.toggle("fitted");
        button.setAttribute("aria-pressed", String(fitted));
    });
    box.before(button);
}
