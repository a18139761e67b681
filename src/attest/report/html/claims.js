// Filter, search and links to cards. The address keeps the filter: #?verdict=fails&q=words.
"use strict";

attest.claims = [...document.querySelectorAll("article.claim")].map((card) => ({
    card,
    details: card.querySelector("details"),
    // Before mathematics is set; without the data of plots.
    text: [...card.querySelectorAll("script")].reduce(
        (text, script) => text.replace(script.textContent, ""), card.textContent).toLowerCase(),
}));

(function () {
    const form = document.getElementById("filter");
    const shown = document.getElementById("shown");
    const nothing = document.getElementById("nothing");
    const openAll = document.getElementById("open-all");
    const fields = ["verdict", "unit", "strength", "kind"];
    const inputs = ["q", ...fields];
    form.hidden = false;

    const apply = function () {
        const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
        let count = 0;
        for (const claim of attest.claims) {
            const wanted = fields.every(function (name) {
                const value = form.elements[name].value;
                return value === "" || claim.card.dataset[name] === value;
            }) && words.every((word) => claim.text.includes(word));
            claim.card.hidden = !wanted;
            count += wanted ? 1 : 0;
        }
        for (const group of document.querySelectorAll("section.group")) {
            group.hidden = group.querySelector("article.claim:not([hidden])") === null;
        }
        nothing.hidden = count > 0;
        shown.textContent = count + " of " + attest.claims.length + " statements";
    };

    const remember = function () {
        const query = new URLSearchParams();
        for (const name of inputs) {
            if (form.elements[name].value !== "") {
                query.set(name, form.elements[name].value);
            }
        }
        const text = query.toString();
        history.replaceState(null, "", text === "" ? "#claims" : "#?" + text);
    };

    const reveal = function (id) {
        const claim = attest.claims.find((item) => item.card.id === id);
        if (claim === undefined) {
            return;
        }
        if (claim.card.hidden) {
            // Not by a reset, which changes the address: it is the card's.
            for (const name of inputs) {
                form.elements[name].value = "";
            }
            apply();
        }
        claim.details.open = true;
        attest.setAll(claim.card);
        claim.card.scrollIntoView();
        claim.card.querySelector("summary").focus({ preventScroll: true });
    };

    const follow = function () {
        const place = location.hash.slice(1);
        if (place.startsWith("?")) {
            const query = new URLSearchParams(place);
            for (const name of inputs) {
                form.elements[name].value = query.get(name) || "";
            }
            apply();
            document.getElementById("claims").scrollIntoView();
        } else {
            reveal(place);
        }
    };

    form.addEventListener("input", function () {
        apply();
        remember();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(function () {
        apply();
        remember();
    }, 0));
    openAll.addEventListener("click", function () {
        const visible = attest.claims.filter((claim) => !claim.card.hidden);
        const open = visible.some((claim) => !claim.details.open);
        visible.forEach((claim) => { claim.details.open = open; });
        openAll.textContent = open ? "close all" : "open all";
    });
    document.addEventListener("keydown", function (event) {
        const typing = event.target.closest("input, select, textarea") !== null;
        if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            form.elements.q.focus();
        }
    });
    // The same link twice changes no address; the card is shown again all the same.
    document.addEventListener("click", function (event) {
        const link = event.target.closest("a[href]");
        if (link !== null && link.getAttribute("href") === location.hash) {
            follow();
        }
    });
    window.addEventListener("beforeprint", function () {
        attest.claims.forEach((claim) => { claim.details.open = true; });
    });
    window.addEventListener("hashchange", follow);
    apply();
    attest.setSlowly();
    if (location.hash.length > 1) {
        follow();
    }
})();
