export const RecordPage = ({ id }: { readonly id: string }) => <p>{id}</p>;
