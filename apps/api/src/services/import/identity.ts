import { type RecordLinks, sourceIdOf, splitSourceId, type Who } from '@chartward/fhir'
import type { ResourceType } from '@chartward/policy'
import type { Keyring } from '../../keys/keyring.ts'
import type { SourceBases } from './source-bases.ts'
import { keyOf, type SourceTokens, sourceTokens } from './tokens.ts'

/** What stands for the ids of resources that came without a base while the source was known by several. */
const UNTOLD = '?'

/** The tokens by which one resource is looked for. */
export interface Identity {
  /** One for each way in which it may have been stored; a new row gets the first. */
  readonly ways: readonly [SourceTokens, ...SourceTokens[]]
  /** What would be found by these may be meant, or not: nothing says which server's it is. */
  readonly doubtful: readonly SourceTokens[]
  /** The same for resources that are one, also where they are not stored yet. */
  readonly key: string
}

/**
 * Tells resources apart by source, server, type and id. Where a resource says of no server that it is from
 * there, the one that the source is known by is meant; where the source is known by several, it is none of
 * theirs, and what one of them has under the same id is in doubt.
 */
export class Identities {
  readonly #keyring: Keyring
  readonly #source: string
  readonly #bases: SourceBases
  readonly #meant: string | null

  constructor(keyring: Keyring, source: string, bases: SourceBases, meant: string | null) {
    this.#keyring = keyring
    this.#source = source
    this.#bases = bases
    this.#meant = meant
  }

  /** The server that a source id names, or that is meant by one that names none. */
  baseOf(sourceId: string): string | null {
    return splitSourceId(sourceId).base ?? this.#meant
  }

  /** Links as they are said, with the server that is meant where they name none. */
  told(links: RecordLinks): RecordLinks {
    const told = (who: Who): Who =>
      who.by === 'npi' ? who : { ...who, id: sourceIdOf(this.baseOf(who.id), splitSourceId(who.id).id) }
    return { ...links, care: links.care.map((link) => ({ ...link, who: link.who.map(told) })) }
  }

  /**
   * How what one record names may be stored, the surest first: without a server, that of the record itself is
   * meant, which the token of its row tells.
   */
  besides(
    type: ResourceType,
    sourceId: string,
    token: Buffer | null,
  ): (type: ResourceType, sourceId: string) => readonly SourceTokens[] {
    const { id } = splitSourceId(sourceId)
    const { first, ids } = this.#bases
    const own = [null, UNTOLD, ...ids].find((where) =>
      this.#tokens(type, id, where).some((one) => token?.equals(one.token)),
    )
    return (named, namedId) => {
      const said = splitSourceId(namedId)
      if (said.base !== null || own === undefined || own === UNTOLD) return this.of(named, namedId).ways
      // What came before anything was known of a server is the first one's.
      const places =
        own === null ? (first === null ? [null] : [null, first]) : own === first ? [own, null] : [own]
      return places.map((where) => this.#tokens(named, said.id, where))
    }
  }

  #tokens(type: ResourceType, id: string, where: string | null): SourceTokens {
    return sourceTokens(this.#keyring, this.#source, type, where === null ? id : `${where}/${id}`)
  }

  of(type: ResourceType, sourceId: string): Identity {
    const { id } = splitSourceId(sourceId)
    const base = this.baseOf(sourceId)
    const { first, ids } = this.#bases
    const tokensOf = (of: string | null) => this.#tokens(type, id, of)
    const plain = tokensOf(null)
    if (base !== null) {
      const known = this.#bases.idOf(base)
      // A server that is not known has nothing that could be found: no row has such a token.
      const own = tokensOf(known ?? `!${base}`)
      // What came before anything was known of a server is the first one's.
      if (known === null || known !== first) return { ways: [own], doubtful: [], key: keyOf(own[0].token) }
      return { ways: [own, plain], doubtful: [], key: keyOf((ids.length === 1 ? plain : own)[0].token) }
    }
    if (ids.length <= 1) {
      const ways: Identity['ways'] = first === null ? [plain] : [plain, tokensOf(first)]
      return { ways, doubtful: [], key: keyOf(plain[0].token) }
    }
    const untold = tokensOf(UNTOLD)
    return { ways: [untold, plain], doubtful: ids.map(tokensOf), key: keyOf(untold[0].token) }
  }
}
