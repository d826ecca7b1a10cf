"""The ways to break a page, each with the check that must notice it."""

import cell_checks
import look_checks
import matrix_checks


def without_a_word(data):
    del data['words']['zh']['filter.verdict']


def with_an_unknown_state(data):
    next(cell for cell in data['cells'] if cell.get('ends'))['ends'][0]['moments'][0][1] = 'NOWHERE'


# Check, what is broken, and how: a change of the data, or pairs of what stands in the page and what comes instead.
BROKEN = [
    (matrix_checks.opens_from_disk, 'a state without a place in the diagram', with_an_unknown_state),
    (
        matrix_checks.opens_from_disk,
        'a word that is asked for and not there',
        [
            ("say('filter.theme')", "say('filter.them')"),
        ],
    ),
    (
        matrix_checks.opens_from_disk,
        'a request to the network',
        [
            ('default-src ', 'connect-src *; default-src '),
            ('check_places();', "check_places(); fetch('http://127.0.0.1:18081/').catch(() => {});"),
        ],
    ),
    (
        matrix_checks.filters,
        'a filter that hides nothing',
        [
            ('view.section.hidden = view.matching.length === 0', 'view.section.hidden = false'),
        ],
    ),
    (
        matrix_checks.filters,
        'a search that finds everything',
        [
            ('return terms.every', 'return true || terms.every'),
        ],
    ),
    (
        cell_checks.opens_a_cell_by_keyboard,
        'no arrow keys',
        [
            ('onkeydown: walk_grid', 'onkeyoff: walk_grid'),
        ],
    ),
    (
        cell_checks.opens_a_cell_by_keyboard,
        'Escape closes nothing',
        [
            ('event.preventDefault();\n      close_cell();', 'event.preventDefault();'),
        ],
    ),
    (
        cell_checks.has_links_and_a_way_back,
        'no address of its own',
        [
            ('location.hash = link_to(name_of(cell));', 'show_cell(cell);'),
        ],
    ),
    (
        cell_checks.opens_beside_the_matrix,
        'a sheet that bars the matrix',
        [
            ('dialog.show()', 'dialog.showModal()'),
        ],
    ),
    (
        cell_checks.opens_beside_the_matrix,
        'Escape closes nothing',
        [
            ("event.key === 'Escape'", "event.key === 'Sleep'"),
        ],
    ),
    (cell_checks.tells_all_of_a_cell, 'no rules', [('...rules.map(rule_item)', '')]),
    (cell_checks.tells_all_of_a_cell, 'no commands', [('`timewait run ${name}`', "''")]),
    (cell_checks.draws_the_ladder, 'no arrows', [('const name = `arrow ${', 'const name = `line ${')]),
    (cell_checks.draws_the_ladder, 'one time axis only', [("radio('true', true)", "radio('true', false)")]),
    (
        cell_checks.steps_through_the_diagram,
        'a slider that does nothing',
        [
            ("controls.slider.addEventListener('input', draw);", ''),
        ],
    ),
    (
        cell_checks.steps_through_the_diagram,
        'no ends in the diagram',
        [
            ('`flag side${side}`', '`side${side}`'),
        ],
    ),
    (cell_checks.marks_what_was_not_seen, 'everything looks seen', [("'unseen-move'", "''")]),
    (
        matrix_checks.hides_until_revealed,
        'outcomes that are not hidden',
        [
            ('return is_secret(data.scenarios[cell.scenario]);', 'return false;'),
        ],
    ),
    (
        matrix_checks.hides_until_revealed,
        'lessons that are not hidden',
        [
            ('hidden: is_secret(scenario)', 'hidden: false'),
        ],
    ),
    (
        matrix_checks.hides_until_revealed,
        'verdicts that a filter tells',
        [
            (
                "filter.verdict === '' || is_hidden(cell) || cell.verdict",
                "filter.verdict === '' || !is_hidden(cell) && cell.verdict",
            ),
        ],
    ),
    (matrix_checks.keeps_the_score, 'every guess is right', [(': guessed === cell.outcome', ': true')]),
    (look_checks.says_everything_in_both_languages, 'a word without Chinese', without_a_word),
    (
        look_checks.says_everything_in_both_languages,
        'a word that is not of the list',
        [
            ("say('predict.first')", "'Predict first'"),
        ],
    ),
    (
        look_checks.is_light_and_dark,
        'a switch that does not darken',
        [
            (':root[data-theme="dark"]', ':root[data-theme="night"]'),
        ],
    ),
    (look_checks.grows_for_a_projector, 'type of one size', [('[data-size="huge"]', '[data-size="giant"]')]),
    (look_checks.prints, 'no style for paper', [('@media print', '@media speech')]),
    (
        look_checks.prints,
        'matrices that were not made yet',
        [
            ("window.addEventListener('beforeprint', build_all);", ''),
            ('build_in_idle_time(matrices.views);', ''),
        ],
    ),
    (
        look_checks.fits_a_phone,
        'tables that do not scroll',
        [
            ('.scroll { overflow-x: auto; max-width: 100%;', '.scroll { width: max-content;'),
        ],
    ),
    (
        matrix_checks.takes_nothing_for_markup,
        'texts that become markup',
        [
            (
                'node.append(...children.flat().filter((child) => child !== null && child !== undefined));',
                "for (const child of children.flat()) if (typeof child === 'string') node.insertAdjacentHTML('beforeend', child); else if (child) node.append(child);",
            ),
        ],
    ),
    (
        look_checks.is_accessible,
        'pale type',
        [
            ('--quiet: light-dark(#565f6a, #a4adb8);', '--quiet: light-dark(#c0c4c8, #4a4f55);'),
        ],
    ),
    (
        look_checks.is_accessible,
        'a field without a name',
        [
            ("el('label', {for: id}, label)", "el('span', {}, label)"),
        ],
    ),
]


def broken(page, how):
    if callable(how):
        return page.with_data(how)
    for old, new in how:
        page = page.with_change(old, new)
    return page
