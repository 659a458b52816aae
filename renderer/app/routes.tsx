/** Which screen belongs to which address. Every screen is loaded when it is first needed. */
import { lazy, Suspense, type ComponentType } from 'react';
import { Center, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation, useParams, useSearch } from 'wouter';
import { ErrorBoundary } from './ErrorBoundary';
import { BrokenPage } from './pages/BrokenPage';
import { HomePage } from './pages/HomePage';
import { KindPage } from './pages/KindPage';
import { NotFoundPage } from './pages/NotFoundPage';
import { PlacePage } from './pages/PlacePage';
import { useVault } from './vaultContext';

const RecordPage = lazy(async () => ({
  default: (await import('../ui/RecordPage')).RecordPage,
}));
const RecordFormPage = lazy(async () => ({
  default: (await import('../ui/RecordFormPage')).RecordFormPage,
}));
const RespondPlace = lazy(async () => ({
  default: (await import('../places/respond/RespondPlace')).RespondPlace,
}));
const DeclarePage = lazy(async () => ({
  default: (await import('../places/respond/DeclarePage')).DeclarePage,
}));
const RunPage = lazy(async () => ({
  default: (await import('../places/respond/RunPage')).RunPage,
}));
const ReportPage = lazy(async () => ({
  default: (await import('../places/respond/ReportPage')).ReportPage,
}));
const ExchangePlace = lazy(async () => ({
  default: (await import('../places/exchange/ExchangePlace')).ExchangePlace,
}));
const ReviewPage = lazy(async () => ({
  default: (await import('../places/review/ReviewPage')).ReviewPage,
}));
const DevicesPage = lazy(async () => ({
  default: (await import('../places/exchange/devices/DevicesPage')).DevicesPage,
}));
const ImportPage = lazy(async () => ({
  default: (await import('../places/importer/ImportPage')).ImportPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('./settings/SettingsPage')).SettingsPage,
}));

/** A screen of one record: it starts afresh when the record is another one. */
function ofRecord(Page: ComponentType<{ readonly id: string }>) {
  return function RecordRoute() {
    const { id = '' } = useParams();
    return <Page key={id} id={id} />;
  };
}

/** Asked for an import or export (`?import=1`), the place opens with its dialogue. */
function Exchange() {
  return <ExchangePlace key={useSearch()} />;
}

function EditRecord({ id }: { readonly id: string }) {
  const { projection } = useVault();
  return <RecordFormPage kind={projection.get(id)?.kind ?? ''} id={id} />;
}

function NewRecord() {
  const { kind = '' } = useParams();
  const search = useSearch();
  const prefill = Object.fromEntries(new URLSearchParams(search));
  return <RecordFormPage key={`${kind}?${search}`} kind={kind} prefill={prefill} />;
}

const routes: readonly (readonly [path: string, page: ComponentType])[] = [
  ['/', HomePage],
  ['/place/:place', PlacePage],
  ['/kind/:kind', KindPage],
  ['/new/:kind', NewRecord],
  ['/record/:id', ofRecord(RecordPage)],
  ['/record/:id/edit', ofRecord(EditRecord)],
  ['/respond', RespondPlace],
  ['/respond/declare', DeclarePage],
  ['/respond/run/:id', ofRecord(RunPage)],
  ['/respond/report/:id', ofRecord(ReportPage)],
  ['/exchange', Exchange],
  ['/exchange/devices', DevicesPage],
  ['/exchange/:tab', Exchange],
  ['/review', ReviewPage],
  ['/review/:tab', ReviewPage],
  ['/import', ImportPage],
  ['/settings', SettingsPage],
];

export function Routes() {
  const [path] = useLocation();
  return (
    <ErrorBoundary
      key={path}
      renderFallback={(error, reset) => <BrokenPage error={error} onRetry={reset} />}
    >
      <Suspense fallback={<Waiting />}>
        <Switch>
          {routes.map(([pattern, Page]) => (
            <Route key={pattern} path={pattern} component={Page} />
          ))}
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <Center h="60%" role="status" aria-label={t('ui:loading')}>
      <Loader size="sm" type="dots" aria-hidden />
    </Center>
  );
}
