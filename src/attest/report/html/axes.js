// Numbers and ticks of the plots' axes.
"use strict";

attest.axes = (function () {
    const raised = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
    const power = (exponent) => "10" + [...String(exponent)].map((c) => raised[c]).join("");

    /// Four digits; powers of ten where the plain form is long.
    const number = function (value) {
        const size = Math.abs(value);
        if (value === 0 || (size >= 1e-3 && size < 1e5)) {
            return String(Number(value.toPrecision(4))).replace("-", "−");
        }
        const [digits, exponent] = value.toExponential(3).split("e");
        return String(Number(digits)).replace("-", "−") + "·" + power(Number(exponent));
    };

    /// Round numbers between the ends, or powers of ten.
    const ticks = function (from, to, logarithmic) {
        if (logarithmic && to - from > 1.5) {
            const every = Math.ceil((to - from) / 7);
            const list = [];
            for (let e = Math.ceil(from); e <= to + 1e-9; ++e) {
                if (e % every === 0) {
                    list.push({ at: e, label: power(e) });
                }
            }
            return list;
        }
        const [low, high] = logarithmic ? [10 ** from, 10 ** to] : [from, to];
        const raw = (high - low) / 5;
        const decade = 10 ** Math.floor(Math.log10(raw));
        const step = decade * [1, 2, 5, 10].find((k) => k * decade >= raw * (1 - 1e-9));
        const list = [];
        for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k) {
            const value = Number((k * step).toPrecision(12));
            list.push({ at: logarithmic ? Math.log10(value) : value, label: number(value) });
        }
        return list;
    };

    return { number, ticks };
})();
