import { useNavigate, useSearch } from '@tanstack/react-router'

/** A table's sort, kept in the address of the page that it stands on. */
export const useUrlSort = () => {
  const { sort } = useSearch({ strict: false })
  const navigate = useNavigate()
  return {
    value: sort,
    onChange: (next: string | undefined) =>
      void navigate({
        to: '.',
        // Which page this is the types can't know; each that uses it declares a `sort`.
        search: ((before: object) => ({ ...before, sort: next })) as never,
        replace: true,
        resetScroll: false,
      }),
  }
}
