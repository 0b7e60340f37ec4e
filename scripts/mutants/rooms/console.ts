import type { Mutant } from '../mutant.ts'

const FORMS = 'packages/contract/src/forms.ts'
const INPUTS_TEST = 'packages/contract/src/inputs.test.ts'
const ADDRESS_TEST = 'packages/contract/src/address.test.ts'
const CONSOLE_PAGE_TEST = 'apps/api/src/http/console-page.test.ts'

/** What the browser sends and shows. */
export const CONSOLE: readonly Mutant[] = [
  {
    name: 'a page that is held is given to whoever signs in',
    file: 'apps/web/src/lib/session/held.ts',
    from: "return session.user.id === userId ? 'same' : 'another'",
    to: "return 'same'",
    test: 'apps/web/src/lib/session/leave.test.ts',
    only: 'gives the page back to nobody but the person',
  },
  {
    name: 'a page that is held stays in sight',
    file: 'apps/web/src/lib/session/held.ts',
    from: 'document.documentElement.toggleAttribute(MARK, next)',
    to: '',
    test: 'apps/web/src/lib/session/leave.test.ts',
    only: 'holds the page out of sight',
  },
  {
    name: 'a page is painted by whatever the cookie of colours says',
    file: 'apps/api/src/http/console-page.ts',
    from: "scheme === 'light' || scheme === 'dark' ? scheme : ''",
    to: "scheme ?? ''",
    test: CONSOLE_PAGE_TEST,
    only: 'is painted by the colours',
  },
  {
    name: 'a page names files of elsewhere',
    file: 'apps/api/src/http/console-page.ts',
    from: 'files: z.array(asset)',
    to: 'files: z.array(z.string())',
    test: CONSOLE_PAGE_TEST,
    only: 'is refused where it names anything but',
  },
  {
    name: 'the names of pages’ code go to whoever asks',
    file: 'apps/api/src/http/console.ts',
    from: "preloads: session === undefined ? '' : preloadsOf(path)",
    to: 'preloads: preloadsOf(path)',
    test: CONSOLE_PAGE_TEST,
    only: 'tells nobody else of them',
  },
  {
    name: 'an address is compared as it is typed',
    file: 'packages/contract/src/address.ts',
    from: 'return parts === null || domain === null ?',
    to: 'return parts === null || domain !== undefined ?',
    test: ADDRESS_TEST,
    only: 'in whatever spelling',
  },
  {
    name: 'an address may look like another',
    file: 'packages/contract/src/address.ts',
    from: 'return looksLike([local, ...labels])',
    to: 'return looksLike([])',
    test: ADDRESS_TEST,
    only: 'is refused where it has',
  },
  {
    name: 'an address may hold what can not be seen',
    file: 'packages/contract/src/address.ts',
    from: 'if (UNSEEN.test(typed.trim()))',
    to: 'if (typed.length < 0)',
    test: ADDRESS_TEST,
    only: 'is refused where it has',
  },
  {
    name: 'a negated record is shown without its words',
    file: 'apps/web/src/components/fhir/meant.tsx',
    from: '{words === null ? null : <strong className={classes.words}>{words}: </strong>}',
    to: '',
    test: 'apps/web/src/components/fhir/meant.test.ts',
    only: 'begins with the words',
  },
  {
    name: 'an input takes NUL',
    file: FORMS,
    from: "value.isWellFormed() && !value.includes('\\0')",
    to: 'value.isWellFormed()',
    test: INPUTS_TEST,
    only: 'holds no NUL',
  },
  {
    name: 'an input takes half of a surrogate pair',
    file: FORMS,
    from: 'value.isWellFormed() && ',
    to: '',
    test: INPUTS_TEST,
    only: 'half of a surrogate pair',
  },
  {
    name: 'a name or a reason takes what can’t be seen',
    file: FORMS,
    from: 'z.refine((value) => !UNSEEN.test(value), {',
    to: 'z.refine(() => true, {',
    test: INPUTS_TEST,
    only: 'says what it seems to say',
  },
  {
    name: 'the console reads an answer into doubles',
    file: 'apps/web/src/lib/client.ts',
    from: 'parseExact(await response.text())',
    to: 'JSON.parse(await response.text())',
    test: 'apps/web/src/lib/client.test.ts',
  },
  {
    name: 'a number is shown without its fraction',
    file: 'apps/web/src/lib/fhir/numbers.ts',
    from: "fraction ?? ''",
    to: "''",
    test: 'apps/web/src/lib/fhir/numbers.test.ts',
  },
  {
    name: 'a unit that is half known is shown by its half',
    file: 'apps/web/src/lib/fhir/units.ts',
    from: 'if (shown === null) return null\n',
    to: 'if (shown === null) continue\n',
    test: 'apps/web/src/lib/fhir/units.test.ts',
  },
]
