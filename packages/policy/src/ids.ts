/**
 * A UUID of one kind of thing. The mark is the compiler's alone and no value has it: ids are bound into
 * ciphertexts and decided by, so that one handed over where another kind belongs must not compile.
 */
export type Id<Of extends string> = string & { readonly '~id': Of }

export type PatientId = Id<'patient'>
export type UserId = Id<'user'>
export type RecordId = Id<'record'>
export type SessionId = Id<'session'>
/** An entry of the audit log. */
export type EntryId = Id<'entry'>
