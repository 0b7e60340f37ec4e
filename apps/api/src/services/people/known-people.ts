import { addressKey } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'

/** Somebody with an account, as far as a file can name them. */
export interface Known {
  readonly id: UserId
  readonly displayName: string
  readonly addressKey: string
  readonly employeeNumber: string | null
}

/** Those whom a file names by address or number, whoever they are to it. */
export class KnownPeople {
  readonly #byAddress: ReadonlyMap<string, Known>
  readonly #byNumber: ReadonlyMap<string, Known>

  constructor(people: readonly Known[]) {
    this.#byAddress = new Map(people.map((one) => [one.addressKey, one]))
    this.#byNumber = new Map(people.map((one) => [one.employeeNumber?.toLowerCase() ?? '', one]))
  }

  /** By an address in any spelling that comes to the same. */
  at(email: string): Known | undefined {
    return this.#byAddress.get(addressKey(email))
  }

  numbered(employeeNumber: string): Known | undefined {
    return this.#byNumber.get(employeeNumber.toLowerCase())
  }

  static async read(
    { sql }: Transaction,
    { addresses, numbers }: { readonly addresses: readonly string[]; readonly numbers: readonly string[] },
  ): Promise<KnownPeople> {
    const keys = [...new Set(addresses.map(addressKey))]
    const lower = [...new Set(numbers.map((one) => one.toLowerCase()))]
    const people = await sql<Known[]>`
      select id, display_name as "displayName", address_key as "addressKey",
        employee_number as "employeeNumber"
      from users where address_key = any(${keys}::text[]) or lower(employee_number) = any(${lower}::text[])`
    return new KnownPeople(people)
  }
}
