// Runs in a report that a browser has opened and writes what failed, or "passed", into the page.
"use strict";

(async function () {
    const problems = [];
    let checks = 0;
    const check = function (holds, what) {
        checks += 1;
        if (!holds) {
            problems.push(what);
        }
    };
    const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
    const pause = (time) => new Promise((resolve) => setTimeout(resolve, time || 20));
    const visible = () => all("article.claim").filter((card) => card.offsetParent !== null);
    const field = (name) => document.querySelector(`#filter [name=${name}]`);
    const choose = function (name, value) {
        field(name).value = value;
        field(name).dispatchEvent(new Event("input", { bubbles: true }));
    };
    const press = (element, key) =>
        element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

    async function mathematics() {
        const waiting = () => all(".m").filter((m) => !m.closest("details"));
        for (let round = 0; round < 200 && waiting().length > 0; ++round) {
            await pause();
        }
        check(waiting().length === 0, "mathematics outside cards is set");
        check(all(".katex").length > 0, "there is mathematics");
        all("details").forEach((details) => { details.open = true; });
        await pause(100);
        check(all(".m").length === 0, "mathematics in open cards is set");
        check(all(".katex-error, .raw").length === 0,
              "KaTeX knows all commands: " + all(".katex-error, .raw").map((e) => e.textContent));
        check(document.documentElement.scrollWidth <= window.innerWidth + 1,
              "the page is no wider than the window with every card open");
        all("details").forEach((details) => { details.open = false; });
        // Printing sets what the page is still about to set.
        const one = document.querySelector(".set");
        const before = one.innerHTML;
        attest.setOne(one);
        check(one.innerHTML === before, "what is set is not set again");
    }

    async function filters() {
        const total = all("article.claim").length;
        check(visible().length === total, "all cards are shown at first");
        choose("verdict", "fails");
        check(visible().length > 0 && visible().every((c) => c.dataset.verdict === "fails"),
              "the filter leaves failing statements");
        check(location.hash === "#?verdict=fails", "the address keeps the filter");
        check(document.getElementById("shown").textContent === visible().length + " of " + total
              + " statements", "the count is shown");
        choose("verdict", "");
        choose("q", "GRONWALL peri");
        check(visible().length > 0 && visible().length < total
              && visible().every((c) => /gronwall/i.test(c.textContent)), "search finds words");
        choose("q", "a+b 100%");
        location.hash = "#?q=a%2Bb+100%25";
        await pause();
        check(field("q").value === "a+b 100%", "signs survive the address");
        choose("q", "no such words anywhere");
        check(visible().length === 0 && !document.getElementById("nothing").hidden,
              "an empty answer is said");
        document.querySelector("#filter [type=reset]").click();
        await pause();
        check(visible().length === total, "clear shows all again");
        location.hash = "#?verdict=holds&strength=enclosed";
        await pause();
        check(field("verdict").value === "holds" && visible().length > 0
              && visible().every((c) => c.dataset.strength === "enclosed"), "an address filters");
        const other = all("article.claim").find((card) => card.hidden);
        location.hash = "#" + other.id;
        await pause();
        check(other.offsetParent !== null && other.querySelector("details").open,
              "a link shows a card that was filtered out");
        check(document.activeElement === other.querySelector("summary"), "and moves the focus");
        check(location.hash === "#" + other.id, "and keeps its address");
        check(["q", "verdict", "strength"].every((name) => field(name).value === "")
              && visible().length === total, "with the filter gone");
    }

    async function graphs() {
        const graph = document.querySelector("svg.graph");
        const node = graph.querySelector("a.node");
        node.dispatchEvent(new FocusEvent("focus"));
        const far = all(".node", graph).length > 3;
        check(!far || graph.querySelector(".dim") !== null, "what is not related is dimmed");
        check(!node.classList.contains("dim"), "the box itself is not");
        node.dispatchEvent(new FocusEvent("blur"));
        check(graph.querySelector(".dim") === null, "and all is back");
        node.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        await pause();
        const card = document.getElementById(node.getAttribute("href").slice(1));
        check(card.querySelector("details").open, "a box leads to its card");
        check(all("a.node", graph).every((n) => /: (holds|fails|undecided|not|disagreement)/
            .test(n.getAttribute("aria-label"))), "boxes say their verdict");
    }

    // Whether a logarithm of what is shown looks like a straight line: within a tenth of itself.
    function straight(plot, toggle) {
        const axis = toggle.textContent === "log x" ? "x" : toggle.textContent === "log y" ? "y" : "";
        const values = axis === "" ? [] : plot.panel.curves.flatMap((curve) => curve[axis]);
        return values.length > 0 && Math.min(...values) > 0
            && Math.max(...values) < 1.1 * Math.min(...values);
    }

    async function plots() {
        await pause(100);
        check(attest.plots.length > 0, "there are plots");
        await limitPlots();
        for (const plot of attest.plots) {
            const curves = () => all(".frame .curve", plot.box).map((c) => c.getAttribute("d"));
            const labels = () => all(".frame text", plot.box).map((t) => t.textContent).join(" ");
            check(curves().length === plot.panel.curves.length, "every curve is drawn");
            check(curves().every((d) => /^M[-\d.]/.test(d) && !/NaN|Infinity/.test(d)), "in numbers");
            press(plot.frame, "ArrowRight");
            check(all(".legend td", plot.box).some((cell) => cell.textContent !== ""),
                  "the reading is in the legend");
            check(plot.live.textContent.includes(" = "), "and is said");
            const [before, drawn] = [labels(), curves().join()];
            press(plot.frame, "+");
            check(curves().join() !== drawn, "it zooms");
            press(plot.frame, "0");
            check(labels() === before && curves().join() === drawn, "and back");
            for (const toggle of all("[aria-pressed]", plot.tools)) {
                const pressed = toggle.getAttribute("aria-pressed");
                toggle.click();
                check(toggle.getAttribute("aria-pressed") !== pressed, "the axis toggles");
                check(curves().every((d) => !/NaN|Infinity/.test(d)), "in numbers");
                check(labels() !== "" && (curves().join() !== drawn || straight(plot, toggle)),
                      "curves follow the axis");
                toggle.click();
            }
            const first = plot.box.querySelector(".legend button");
            first.click();
            check(curves().length === plot.panel.curves.length - 1, "a curve can be hidden");
            first.click();
        }
    }

    async function limitPlots() {
        const limits = all("figure.limit");
        check(limits.length > 0, "limits have plots");
        for (const limit of limits) {
            limit.closest("article.claim > details").open = true;
        }
        for (let round = 0; round < 50 && all("figure.limit").some((f) => !f.querySelector(".frame svg"));
             ++round) {
            await pause();
        }
        check(attest.plots.length === all("#figures .plot").length + limits.length,
              "every open card draws its own, once");
        for (const limit of limits) {
            limit.querySelector("details.more").open = true;
        }
        await pause(100);
        for (const limit of limits) {
            const rows = all("tr", limit.querySelector("details.more"));
            const panel = JSON.parse(limit.querySelector("script").textContent);
            check(rows.length === panel.curves.reduce((sum, curve) => sum + curve.x.length + 1, 0),
                  "every enclosure is in the table");
            check(rows[1].cells[1].textContent === panel.curves[0].lo[0], "as it was found");
            check(limit.querySelector(".frame").getAttribute("aria-description")
                .includes(panel.curves[0].name), "the ends are told to those who do not see them");
            const drawable = panel.limit !== null && !(panel.logY && Number(panel.limit) <= 0);
            check((limit.querySelector(".limit-line") !== null) === drawable,
                  "the stated limit is drawn where the axis has it");
        }
    }

    function structure() {
        check(all("h1").length === 1 && all("main").length === 1 && all("nav").length === 1,
              "one title, one main part, one navigation");
        check(all("input, select").every((input) => input.labels.length === 1),
              "every field has a label");
        check(all("button, a[href]").every((item) => (item.getAttribute("aria-label")
            || item.textContent).trim() !== ""), "everything that can be clicked has a name");
        const ids = all("[id]").map((item) => item.id);
        check(new Set(ids).size === ids.length, "ids are unique");
        check(all("nav a").every((link) =>
            document.getElementById(link.getAttribute("href").slice(1)) !== null),
              "the navigation leads somewhere");
        const fetched = performance.getEntriesByType("resource")
            .filter((entry) => !entry.name.startsWith("data:"));
        check(fetched.length === 0, "nothing is fetched");
    }

    try {
        await mathematics();
        await filters();
        await graphs();
        await plots();
        structure();
    } catch (error) {
        problems.push("error: " + error.stack);
    }
    const outcome = document.createElement("p");
    outcome.id = "selftest";
    outcome.textContent = problems.length === 0 ? "passed " + checks + " checks"
                                                : "failed: " + problems.join("; ");
    document.body.append(outcome);
})();
