export const ExportsPage = () => null
