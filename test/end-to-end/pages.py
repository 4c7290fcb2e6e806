#!/usr/bin/python3
"""The pages of real projects in a real browser, and their scripts in Brian2.

    pages.py --tool BRIAN2LIFT --corpus DIR [--corpora DIR] [--json FILE]
             [--screenshots DIR]

Some projects that differ much (compartments, Brian2GeNN, Brian2CUDA, many runs,
many groups, long equations) are written as pages.  Debian's chromium loads each
at 1280 and at 390 pixels, closed and with all details open, light and dark.
There must be no message on its console, nothing wider than the page, no text
that is cut off by the diagram's edge, and no request for anything else.

These pages, and those of our own models, must be HTML5 without an error.  The
script of each group in their Markdown is run by Brian2, where nothing is missing
in it.

Each failure is a line.  Exit status 1 when there is one.
"""
import argparse
import json
import logging
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time

import brian2
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'Emit'))
import strict  # noqa: E402

#: What is looked at; those of other generators where they are installed.
LOOKED_AT = (
    'models.seed_1', 'models.seed_3', 'examples.COBAHH',
    'models.spatial.spatial_coordinates', 'models.network_of_populations',
    'models.runs_with_changed_constants', 'models.run_regularly_several',
    'examples.frompapers.Rothman_Manis_2003',
    'examples.frompapers.Destexhe_et_al_1998',
    'examples.frompapers.Graupner_Brunel_2012',
    'genn-1.6/models.seed_3', 'cuda-1.0b1/models.events_custom')
WIDTHS = (1280, 390)

#: What a page is asked in the browser.  An element that scrolls in itself may be
#: wider; the page, and what does not scroll, may not.
QUESTION = '''
const page = document.scrollingElement, wrong = [];
if (page.scrollWidth > page.clientWidth)
  wrong.push(`the page is ${page.scrollWidth} wide`);
const scrolls = element => element && (
  ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX)
  || scrolls(element.parentElement));
for (const element of document.querySelectorAll('main *')) {
  const box = element.getBoundingClientRect();
  if (box.width && box.right > page.clientWidth + 1 && !scrolls(element))
    wrong.push(`${element.tagName} ends at ${box.right}`);
}
for (const svg of document.querySelectorAll('svg')) {
  const edge = svg.getBoundingClientRect();
  if (edge.width)
    for (const text of svg.querySelectorAll('text'))
      if (text.getBoundingClientRect().right > edge.right + 1)
        wrong.push(`'${text.textContent}' is cut off`);
}
if (performance.getEntriesByType('resource').length)
  wrong.push('something else was loaded');
return wrong.slice(0, 5);
'''


def browser():
    from selenium import webdriver
    options = webdriver.ChromeOptions()
    # (as root there is no sandbox; the pages are our own)
    for flag in ('headless=new', 'no-sandbox', 'disable-gpu',
                 'disable-dev-shm-usage', 'hide-scrollbars'):
        options.add_argument(f'--{flag}')
    options.binary_location = '/usr/bin/chromium'
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
    service = webdriver.chrome.service.Service('/usr/bin/chromedriver')
    return webdriver.Chrome(options=options, service=service)


def look(pages, screenshots):
    """Lines of what the browser finds wrong; `pages` are files by name."""
    driver = browser()
    try:
        for name, file in pages.items():
            for width in WIDTHS:
                for scheme in ('light', 'dark'):
                    yield from look_at(driver, name, file, width, scheme,
                                       screenshots)
    finally:
        driver.quit()


def look_at(driver, name, file, width, scheme, screenshots):
    driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
        'width': width, 'height': 1000, 'deviceScaleFactor': 1,
        'mobile': width < 600})
    driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': [
        {'name': 'prefers-color-scheme', 'value': scheme}]})
    driver.get('file://' + file)
    for state in ('closed', 'open'):
        if state == 'open':
            driver.execute_script('document.querySelectorAll("details")'
                                  '.forEach(each => each.open = true)')
        where = f'{name} at {width} pixels, {scheme}, {state}'
        for wrong in driver.execute_script(QUESTION):
            yield f'{where}: {wrong}'
        if screenshots and state == 'closed':
            height = driver.execute_script(
                'return document.scrollingElement.scrollHeight')
            driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
                'width': width, 'height': min(height, 4000),
                'deviceScaleFactor': 1, 'mobile': width < 600})
            driver.save_screenshot(os.path.join(
                screenshots, f'{name.replace("/", ".")}-{width}-{scheme}.png'))
    for message in driver.get_log('browser'):
        yield f'{name} at {width} pixels: console: {message["message"]}'


def write(tool, project, form):
    return subprocess.run([tool, project, f'--format={form}'],
                          capture_output=True, timeout=60).stdout


def read(task):
    """(name, number of scripts that ran, lines) of one project."""
    tool, name, project = task
    lines, ran = [], 0
    try:
        strict.check(write(tool, project, 'html'))
    except Exception as error:  # whatever html5lib may raise
        lines.append(f'{name}: {type(error).__name__}: {error}')
    text = write(tool, project, 'markdown').decode()
    for script in re.findall(r'```python\n(.*?)```', text, re.DOTALL):
        if is_whole(script):
            try:
                run(script)
                ran += 1
            except Exception as error:  # whatever Brian2 may raise
                lines.append(f'{name}: {type(error).__name__}: {error} '
                             f'<- {error.__cause__}')
    return name, ran, lines


def is_whole(script):
    """Whether a script says all that Brian2 needs."""
    return not any(word in script for word in (
        '...', 'not known', 'not recovered', "none of Brian2's own",
        'linked_var', 'SpatialNeuron', '_timedarray', "method='gsl"))


def run(script):
    """One step of the group that a script defines."""
    names = {}
    exec(script, names)
    group = next(value for value in names.values()
                 if isinstance(value, brian2.NeuronGroup))
    # (functions of the script's own are no part of the project's constants)
    own = set(re.findall(r'(\w+)\(', script))
    if own - set(names) - set(brian2.DEFAULT_FUNCTIONS):
        return
    brian2.Network(group).run(group.clock.dt, namespace=names)


def projects(arguments):
    for name in sorted(os.listdir(arguments.corpus)):
        project = os.path.join(arguments.corpus, name, 'project')
        if os.path.isdir(project) and (name in LOOKED_AT
                                       or name.startswith('models.')):
            yield os.path.abspath(arguments.tool), name, project


def written(arguments, folder):
    """The pages that are looked at: files by name."""
    pages = {}
    for name in LOOKED_AT:
        base = arguments.corpora if '/' in name else arguments.corpus
        project = base and os.path.join(base, name, 'project')
        if not project or not os.path.isdir(project):
            print(f'{name} is not there')
            continue
        pages[name] = os.path.join(folder, name.replace('/', '.') + '.html')
        with open(pages[name], 'wb') as stream:
            stream.write(write(arguments.tool, project, 'html'))
    return pages


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--tool', required=True)
    parser.add_argument('--corpus', required=True, metavar='DIR')
    parser.add_argument('--corpora', metavar='DIR')
    parser.add_argument('--json', metavar='FILE')
    parser.add_argument('--screenshots', metavar='DIR')
    parser.add_argument('-j', type=int, default=os.cpu_count(), dest='jobs')
    arguments = parser.parse_args()
    brian2.prefs.codegen.target = 'numpy'
    brian2.BrianLogger.suppress_hierarchy('brian2')
    logging.disable(logging.WARNING)
    np.seterr(all='ignore')
    with tempfile.TemporaryDirectory() as folder:
        pages = written(arguments, folder)
        started = time.monotonic()
        lines = list(look(pages, arguments.screenshots))
        views = len(pages) * len(WIDTHS) * 4
        print(f'{views} views of {len(pages)} pages in '
              f'{time.monotonic() - started:.0f} s')
    with multiprocessing.Pool(arguments.jobs) as pool:
        results = pool.map(read, list(projects(arguments)), chunksize=2)
    scripts = sum(ran for _, ran, _ in results)
    lines += [line for result in results for line in result[2]]
    for line in lines:
        print(line)
    print(f'{len(results)} pages are HTML5, {scripts} scripts were run by '
          f'Brian2, {len(lines)} failures')
    if arguments.json:
        with open(arguments.json, 'w') as stream:
            json.dump({'passed': views + len(results) + scripts - len(lines),
                       'failed': len(lines)}, stream)
            stream.write('\n')
    return 1 if lines else 0


if __name__ == '__main__':
    sys.exit(main())
