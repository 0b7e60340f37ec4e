export const ExportPage = () => null
