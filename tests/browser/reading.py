"""What is read off the page, in its own language. Pairs, not objects, where the order counts."""

from __future__ import annotations

from typing import Any

LIST = """() => [...document.querySelectorAll('#ranking button[data-code]')].map(button => {
    const part = name => button.querySelector(`.${name}`).textContent.trim();
    return [button.dataset.code, {
        rank: part('rank'), name: part('who'), value: part('num'), state: button.dataset.state,
        mark: button.querySelector('.bar i').className,
        width: Number.parseFloat(button.querySelector('.bar i').style.width),
        pinned: button.getAttribute('aria-pressed') === 'true', dim: button.classList.contains('dim'),
    }];
})"""

AREAS = """() => {
    const printed = new Map([...document.querySelectorAll('#map .label')].map(label =>
        [label.querySelector('.name').textContent, label.querySelector('.value').textContent]));
    const names = new Map([...document.querySelectorAll('#ranking button[data-code]')].map(button =>
        [button.dataset.code, button.querySelector('.who').textContent.trim()]));
    return Object.fromEntries([...document.querySelectorAll('#map path[data-code]')].map(path => [path.dataset.code, {
        state: path.dataset.state, mark: path.getAttribute('class'),
        printed: printed.get(names.get(path.dataset.code)) || '',
    }]));
}"""

SNAPSHOT = f"""() => {{
    const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
    const text = selector => document.querySelector(selector)?.textContent.replace(/[ \\n]+/g, ' ').trim() ?? null;
    return {{
        address: location.pathname + location.search,
        level: [...document.body.classList].filter(name => name !== 'sheet').sort().join(' '),
        headline: text('#headline'), subtitle: text('#subtitle'), figure: text('#figure'), map: text('#map-name'),
        total: text('#ranking-total'), notes: text('#notes'), source: text('#source'), why: text('#why'),
        main: {{...document.querySelector('main').dataset, ready: ''}},
        list: ({LIST})(),
        areas: ({AREAS})(),
        circles: all('#map .circles circle', circle => `${{circle.dataset.of}} ${{circle.getAttribute('r')}}`),
        points: all('#map .points circle', point => [point.getAttribute('cx'), point.getAttribute('cy')].join()),
        orientation: all('#map .orientation path', path => path.getAttribute('d')),
        outlines: all('#map .outlines path', path => path.getAttribute('class')),
        frame: document.querySelector('#map').getAttribute('viewBox'),
        legend: all('#legend .block, #legend .size', block => [
            block.textContent.trim(), block.dataset.mark ?? '', block.getAttribute('aria-pressed') ?? '',
            block.hasAttribute('data-none')].join('|')),
        trail: all('#trail > *', step => [step.tagName, step.textContent.trim(), step.getAttribute('href') ?? '',
            step.dataset.territory ?? '', step.dataset.level ?? ''].join('|')),
        structures: document.querySelector('#structures').hidden ? null : text('#structures'),
        controls: Object.fromEntries(all('#rail select', select => [select.id, {{
            value: select.value, disabled: select.disabled,
            options: [...select.options].filter(one => !one.disabled).map(one => `${{one.value}}=${{one.text}}`),
        }}])),
        download: document.querySelector('#exports [data-form="csv"]').getAttribute('href'),
    }};
}}"""

TABLE_FOLLOWS = """() => {
    const table = document.getElementById('values');
    if (!table) return false;
    const codes = selector => [...document.querySelectorAll(selector)].map(found => found.dataset.code);
    const listed = codes('#ranking button[data-code]'), rows = codes('#values tbody tr').slice(0, -1);
    if (rows[rows.length - 1] === 'sans-commune') rows.pop();
    return table.caption.textContent.startsWith(document.getElementById('subtitle').textContent)
        && listed.join() === rows.join();
}"""

TABLE = """() => [...document.querySelectorAll('#values tbody tr')].map((row, i, rows) =>
    [i === rows.length - 1 ? '' : row.dataset.code, [...row.cells].map(cell => cell.textContent)])"""

SETTLED = """() => {
    const main = document.querySelector('main[data-ready]');
    if (!main || main.matches('[aria-busy], [data-pending]') || main.querySelector('[aria-busy]')) return false;
    const picked = document.body.matches('.level-commune') && main.querySelector('#ranking [aria-pressed]');
    return !picked || document.body.matches('.hide-values') || !document.getElementById('structures').hidden;
}"""


def differences(one: Any, other: Any, place: str = "") -> dict[str, tuple[Any, Any]]:
    """Where two readings differ: place, and what each has there."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(key, one.get(key), other.get(key)) for key in {**one, **other}]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(str(i), a, b) for i, (a, b) in enumerate(zip(one, other, strict=True))]
    else:
        return {} if one == other else {place: (one, other)}
    return {key: pair for name, a, b in pairs for key, pair in differences(a, b, f"{place}/{name}").items()}
