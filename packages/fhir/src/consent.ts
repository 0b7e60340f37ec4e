import { isObject, isString, objectsOf } from './json.ts'

/** https://terminology.hl7.org/CodeSystem-v3-ActCode.html: the policies by which somebody opts out. */
const OPT_OUT = /^OPTOUT/i

const denies = (provision: unknown): boolean =>
  isObject(provision) && (provision.type === 'deny' || objectsOf(provision.provision).some(denies))

const codesIn = (concept: unknown): string[] =>
  isObject(concept)
    ? objectsOf(concept.coding)
        .map(({ code }) => code)
        .filter(isString)
    : []

/**
 * Whether a Consent keeps something from somebody: a provision that denies, at whatever depth, or a policy by
 * which the person opts out. It is shown, and enforced by nothing.
 */
export const restrictsDisclosure = (type: string, element: (name: string) => unknown): boolean =>
  type === 'Consent' &&
  (denies(element('provision')) ||
    [element('policyRule'), ...objectsOf(element('category'))]
      .flatMap(codesIn)
      .some((code) => OPT_OUT.test(code)))
