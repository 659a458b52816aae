/** A place opens with the first of its kinds, or with the one last looked at there. */
import { Redirect, useParams } from 'wouter';
import { kindsAt } from '../../../shared/kinds/registry';
import { paths } from '../paths';
import { places } from '../places';
import { lastKindAt } from './lastKind';
import { NotFoundPage } from './NotFoundPage';

export function PlacePage() {
  const { place: name } = useParams();
  const place = places.find((each) => each.name === name)?.name;
  if (!place) return <NotFoundPage />;
  if (place === 'exchange') return <Redirect to={paths.exchange} replace />;
  if (place === 'respond') return <Redirect to={paths.respond} replace />;
  const kind = lastKindAt(place) ?? kindsAt(place)[0]?.name;
  return kind ? <Redirect to={paths.kind(kind)} replace /> : <NotFoundPage />;
}
