/** What a list of people says while it has nobody, as an option: a list that is heard has nothing else. */
export const NothingFound = ({ wanted }: { wanted: string }) => (
  // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, as with every option.
  <div role="option" aria-selected={false} aria-disabled="true">
    {wanted.length < 2 ? 'Type at least two letters' : 'Nobody by that name'}
  </div>
)
