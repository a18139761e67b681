// Plots of the figures: axes linear or logarithmic, zoom, and a reading of every curve at one place.
"use strict";

attest.plots = [];
attest.plot = (function () {
    const name_space = "http://www.w3.org/2000/svg";
    const margin = { left: 62, right: 12, top: 10, bottom: 30 };
    const { number, ticks } = attest.axes;

    const draw = function (parent, name, attributes, text) {
        const element = document.createElementNS(name_space, name);
        for (const [key, value] of Object.entries(attributes)) {
            element.setAttribute(key, value);
        }
        if (text !== undefined) {
            element.textContent = text;
        }
        parent.append(element);
        return element;
    };
    const make = function (parent, name, className, text) {
        const element = document.createElement(name);
        element.className = className || "";
        if (text !== undefined) {
            element.textContent = text;
        }
        parent.append(element);
        return element;
    };
    class Plot {
        constructor(parent, panel) {
            this.panel = panel;
            this.log = { x: panel.logX, y: panel.logY };
            this.hidden = new Set();
            this.clip = "clip-" + attest.plots.length;
            this.box = make(parent, "section", "plot");
            const head = make(this.box, "div", "plot-head");
            if (panel.title.length > 0) {
                attest.label(make(head, "h4"), panel.title);
            }
            this.tools = make(head, "div", "tools");
            const axis = make(this.box, "div", "axis");
            attest.label(axis, panel.y);
            this.frame = make(this.box, "div", "frame");
            this.frame.tabIndex = 0;
            this.frame.setAttribute("role", "application");
            const name = panel.title.length > 0 ? panel.title : panel.y;
            this.frame.setAttribute("aria-label", "Plot " + name.map((p) => p.text).join("")
                + ": arrows read values, plus and minus zoom, 0 shows the whole");
            attest.label(make(this.box, "div", "axis right"), panel.x);
            this.addTools();
            this.addLegend();
            this.listen();
            this.view = this.whole();
            new ResizeObserver(() => requestAnimationFrame(() => {
                if (this.frame.clientWidth !== this.drawn) {
                    this.render();
                }
            })).observe(this.frame);
        }

        addTools() {
            const button = (text, label, action) => {
                const element = make(this.tools, "button", "", text);
                element.type = "button";
                element.setAttribute("aria-label", label);
                element.title = label;
                element.addEventListener("click", () => action(element));
                return element;
            };
            for (const axis of ["x", "y"]) {
                const toggle = button("log " + axis, "logarithmic " + axis + " axis", (element) => {
                    this.log[axis] = !this.log[axis];
                    element.setAttribute("aria-pressed", String(this.log[axis]));
                    this.view = this.whole();
                    this.render();
                });
                toggle.setAttribute("aria-pressed", String(this.log[axis]));
            }
            if (this.distanceTells()) {
                const toggle = button("distance", "distance from the limit", (element) => {
                    const far = element.getAttribute("aria-pressed") !== "true";
                    element.setAttribute("aria-pressed", String(far));
                    this.showDistance(far);
                });
                toggle.setAttribute("aria-pressed", "false");
            }
            button("+", "zoom in", () => this.zoom(0.6));
            button("−", "zoom out", () => this.zoom(1 / 0.6));
            button("all", "show the whole", () => this.reset());
        }

        addLegend() {
            this.legend = make(this.box, "table", "legend");
            this.where = make(make(this.legend, "caption"), "span");
            this.live = make(this.box, "div", "hidden");
            this.live.setAttribute("aria-live", "polite");
            this.values = this.panel.curves.map((curve, k) => {
                const row = make(this.legend, "tr");
                const toggle = make(make(row, "th"), "button");
                toggle.type = "button";
                toggle.setAttribute("aria-pressed", "true");
                const swatch = draw(toggle, "svg", { width: 26, height: 10, "aria-hidden": "true" });
                draw(swatch, "path", { d: "M0 5H26", class: "curve", ...this.stroke(curve) });
                attest.label(toggle, curve.label);
                toggle.addEventListener("click", () => {
                    const shown = this.hidden.delete(k) || !this.hidden.add(k);
                    toggle.setAttribute("aria-pressed", String(shown));
                    this.render();
                });
                return make(row, "td", "number");
            });
        }

        /// The curves as they are, or how far they are from the limit, on a logarithmic axis.
        showDistance(far) {
            this.far = far;
            this.log.y = far || this.panel.logY;
            this.tools.querySelector("[aria-label='logarithmic y axis']")
                .setAttribute("aria-pressed", String(this.log.y));
            for (const curve of this.panel.curves) {
                curve.y = far ? curve.distance : curve.value;
            }
            this.view = this.whole();
            this.render();
        }

        /// Whether the distance from the limit is another curve: that from 0 is not.
        distanceTells() {
            const limit = this.panel.limit;
            return limit !== undefined && limit !== null
                && (limit !== 0 || this.panel.curves.some((curve) => curve.value.some((y) => y < 0)));
        }

        /// The limit on the y axis; null where there is none to show.
        limitShown() {
            const limit = this.panel.limit;
            return limit === undefined || limit === null || this.far
                || (this.log.y && limit <= 0) ? null : limit;
        }

        stroke(curve) {
            const black = curve.colour === "#000000";
            return { stroke: black ? "currentColor" : curve.colour, "stroke-dasharray": curve.dashes };
        }

        /// The place on the axis; NaN where the axis has none.
        scale(value, axis) {
            const shown = value !== null && (!this.log[axis] || value > 0);
            return !shown ? NaN : this.log[axis] ? Math.log10(value) : value;
        }

        whole() {
            const view = {};
            for (const axis of ["x", "y"]) {
                let [from, to] = [Infinity, -Infinity];
                for (const curve of this.panel.curves) {
                    for (const value of curve[axis]) {
                        const place = this.scale(value, axis);
                        if (!Number.isNaN(place)) {
                            [from, to] = [Math.min(from, place), Math.max(to, place)];
                        }
                    }
                }
                if (axis === "y" && this.limitShown() !== null) {
                    const limit = this.scale(this.limitShown(), "y");
                    [from, to] = [Math.min(from, limit), Math.max(to, limit)];
                }
                [from, to] = from <= to ? [from, to] : [0, 1];
                const pad = axis === "x" && from < to ? 0 : (to - from) * 0.04 || 0.5;
                view[axis] = [from - pad, to + pad];
            }
            return view;
        }

        place(value, axis) {
            const [from, to] = this.view[axis];
            const part = (this.scale(value, axis) - from) / (to - from);
            return axis === "x" ? margin.left + part * this.width
                                : margin.top + (1 - part) * this.height;
        }

        /// The number on the axis at a pixel of the frame.
        at(pixel, axis) {
            const [from, to] = this.view[axis];
            const part = axis === "x" ? (pixel - margin.left) / this.width
                                      : 1 - (pixel - margin.top) / this.height;
            return from + part * (to - from);
        }

        render() {
            const full = this.frame.clientWidth;
            if (full === 0) {
                return;
            }
            this.drawn = full;
            this.width = full - margin.left - margin.right;
            this.height = Math.max(180, Math.min(300, 0.66 * full)) - margin.top - margin.bottom;
            const total = this.height + margin.top + margin.bottom;
            this.svg = document.createElementNS(name_space, "svg");
            this.svg.setAttribute("viewBox", `0 0 ${full} ${total}`);
            this.svg.setAttribute("height", total);
            this.svg.setAttribute("aria-hidden", "true");
            this.axes();
            const clip = draw(this.svg, "clipPath", { id: this.clip });
            draw(clip, "rect", { x: margin.left, y: margin.top, width: this.width, height: this.height });
            const curves = draw(this.svg, "g", { "clip-path": `url(#${this.clip})` });
            if (this.limitShown() !== null) {
                const y = this.place(this.limitShown(), "y");
                draw(curves, "path", {
                    class: "limit-line", d: `M${margin.left} ${y}H${margin.left + this.width}`,
                });
            }
            this.panel.curves.forEach((curve, k) => {
                if (!this.hidden.has(k)) {
                    draw(curves, "path", { d: this.path(curve), class: "curve", ...this.stroke(curve) });
                }
            });
            this.marks = draw(this.svg, "g", {});
            this.frame.replaceChildren(this.svg);
            this.read();
        }

        axes() {
            const { left, top } = margin;
            const bottom = top + this.height;
            for (const tick of ticks(...this.view.x, this.log.x)) {
                const [from, to] = this.view.x;
                const x = left + (tick.at - from) / (to - from) * this.width;
                draw(this.svg, "path", { class: "grid", d: `M${x} ${top}V${bottom}` });
                draw(this.svg, "text", { x, y: bottom + 17, "text-anchor": "middle" }, tick.label);
            }
            for (const tick of ticks(...this.view.y, this.log.y)) {
                const [from, to] = this.view.y;
                const y = bottom - (tick.at - from) / (to - from) * this.height;
                draw(this.svg, "path", { class: "grid", d: `M${left} ${y}H${left + this.width}` });
                draw(this.svg, "text", { x: left - 7, y: y + 4, "text-anchor": "end" }, tick.label);
            }
            draw(this.svg, "path", { class: "line", d: `M${left} ${top}V${bottom}H${left + this.width}` });
        }

        path(curve) {
            let path = "";
            let drawing = false;
            curve.x.forEach((value, i) => {
                const [x, y] = [this.place(value, "x"), this.place(curve.y[i], "y")];
                if (Number.isNaN(x) || Number.isNaN(y)) {
                    drawing = false;
                    return;
                }
                path += (drawing ? "L" : "M") + x.toFixed(1) + " " + y.toFixed(1);
                drawing = true;
            });
            return path;
        }

        /// The curve at a place of the x axis, along the first piece that covers it.
        value(curve, place) {
            for (let i = 0; i + 1 < curve.x.length; ++i) {
                const [a, b] = [this.scale(curve.x[i], "x"), this.scale(curve.x[i + 1], "x")];
                if (a !== b && (a - place) * (b - place) <= 0) {
                    const part = (place - a) / (b - a);
                    const [c, d] = [this.scale(curve.y[i], "y"), this.scale(curve.y[i + 1], "y")];
                    const y = c + part * (d - c);
                    return this.log.y ? 10 ** y : y;
                }
            }
            return NaN;
        }

        /// Writes the values at the cursor into the legend and marks them.
        read() {
            if (this.marks === undefined) { // not drawn yet
                return "";
            }
            this.marks.replaceChildren();
            if (this.cursor === undefined) {
                return "";
            }
            const [from, to] = this.view.x;
            this.cursor = Math.min(to, Math.max(from, this.cursor));
            const value = this.log.x ? 10 ** this.cursor : this.cursor;
            const x = this.place(value, "x");
            const name = this.panel.x.map((piece) => piece.text).join("").replace("\\", "");
            const said = [name + " = " + number(value)];
            const extra = this.far ? " (distance from the limit)" : "";
            this.where.textContent = "at " + said[0] + extra;
            draw(this.marks, "path", { class: "cursor", d: `M${x} ${margin.top}V${margin.top + this.height}` });
            this.panel.curves.forEach((curve, k) => {
                const y = this.hidden.has(k) ? NaN : this.value(curve, this.cursor);
                this.values[k].textContent = Number.isNaN(y) ? "" : number(y);
                const height = Number.isNaN(y) ? NaN : this.place(y, "y");
                if (height >= margin.top && height <= margin.top + this.height) {
                    draw(this.marks, "circle", { cx: x, cy: height, r: 3.2, fill: this.stroke(curve).stroke });
                }
                if (!Number.isNaN(y)) {
                    said.push(curve.name + " " + number(y));
                }
            });
            return said.join(", ");
        }

        zoom(factor) {
            for (const axis of ["x", "y"]) {
                const [from, to] = this.view[axis];
                const middle = axis === "x" && this.cursor !== undefined ? this.cursor : (from + to) / 2;
                this.view[axis] = [middle + (from - middle) * factor, middle + (to - middle) * factor];
            }
            this.render();
        }

        reset() {
            this.view = this.whole();
            this.render();
        }

        listen() {
            let start = null;
            const point = (event) => {
                const box = this.frame.getBoundingClientRect();
                return [event.clientX - box.left, event.clientY - box.top];
            };
            this.frame.addEventListener("pointerdown", (event) => {
                if (event.pointerType === "mouse" && event.button === 0) {
                    start = point(event);
                    this.frame.setPointerCapture(event.pointerId);
                }
            });
            this.frame.addEventListener("pointermove", (event) => {
                const [x, y] = point(event);
                this.cursor = this.at(x, "x");
                this.read();
                if (start !== null) {
                    draw(this.marks, "rect", {
                        class: "selection", x: Math.min(x, start[0]), y: Math.min(y, start[1]),
                        width: Math.abs(x - start[0]), height: Math.abs(y - start[1]),
                    });
                }
            });
            this.frame.addEventListener("pointerup", (event) => {
                const end = point(event);
                if (start !== null && Math.abs(end[0] - start[0]) > 8 && Math.abs(end[1] - start[1]) > 8) {
                    const sorted = (a, b) => [Math.min(a, b), Math.max(a, b)];
                    this.view = {
                        x: sorted(this.at(start[0], "x"), this.at(end[0], "x")),
                        y: sorted(this.at(start[1], "y"), this.at(end[1], "y")),
                    };
                    this.render();
                }
                start = null;
            });
            this.frame.addEventListener("pointercancel", () => { start = null; });
            this.frame.addEventListener("dblclick", () => this.reset());
            this.frame.addEventListener("keydown", (event) => this.key(event));
        }

        key(event) {
            const [from, to] = this.view.x;
            const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
            if (step !== undefined) {
                const start = this.cursor === undefined ? (from + to) / 2 : this.cursor;
                this.cursor = start + step * (to - from) / (event.shiftKey ? 10 : 50);
                this.live.textContent = this.read();
            } else if (event.key === "+" || event.key === "=" || event.key === "-") {
                this.zoom(event.key === "-" ? 1 / 0.6 : 0.6);
            } else if (event.key === "0" || event.key === "Escape") {
                this.reset();
            } else {
                return;
            }
            event.preventDefault();
        }
    }

    return (parent, panel) => new Plot(parent, panel);
})();

/// The plot of a limit: middles of the enclosures, their distance from the limit, and on request a
/// table of the enclosures.
attest.limitPlot = function (figure) {
    const panel = JSON.parse(figure.querySelector("script").textContent);
    panel.limit = panel.limit === null ? null : Number(panel.limit);
    for (const curve of panel.curves) {
        const ends = curve.x.map((_, k) => [Number(curve.lo[k]), Number(curve.hi[k])]);
        curve.texts = curve.x;
        curve.x = curve.x.map(Number);
        curve.value = ends.map(([lo, hi]) => (lo + hi) / 2);
        curve.distance = ends.map(([lo, hi]) =>
            Math.max(Math.abs(lo - panel.limit), Math.abs(hi - panel.limit)));
        curve.y = curve.value;
    }
    const plot = attest.plot(figure.querySelector(".panels"), panel);
    const ends = [...figure.querySelectorAll(".ends li")].map((item) => item.textContent);
    plot.frame.setAttribute("aria-description", ends.join("; "));
    attest.plots.push(plot);
    plot.render();
    const values = figure.querySelector("details");
    values.addEventListener("toggle", function () {
        if (values.querySelector("table") === null) {
            attest.limitTable(values, panel);
        }
    });
};

attest.limitTable = function (parent, panel) {
    const box = document.createElement("div");
    box.className = "scroll";
    const table = document.createElement("table");
    const row = function (name, cells) {
        const line = document.createElement("tr");
        for (const text of cells) {
            const cell = document.createElement(name);
            cell.textContent = text;
            cell.className = "number";
            line.append(cell);
        }
        table.append(line);
    };
    for (const curve of panel.curves) {
        row("th", [curve.name, "lower end", "upper end"]);
        curve.texts.forEach((x, k) => row("td", [x, curve.lo[k], curve.hi[k]]));
    }
    box.append(table);
    parent.append(box);
};

// Of a card when it is opened.
document.addEventListener("toggle", function (event) {
    if (event.target.open && event.target.matches("article.claim > details")) {
        for (const figure of event.target.querySelectorAll("figure.limit")) {
            if (figure.querySelector(".plot") === null) {
                attest.limitPlot(figure);
            }
        }
    }
}, true);

for (const figure of document.querySelectorAll("#figures figure")) {
    const panels = JSON.parse(figure.querySelector("script").textContent);
    for (const panel of panels) {
        attest.plots.push(attest.plot(figure.querySelector(".panels"), panel));
    }
}
