/**
 * Classes of configuration items that every organisation starts with: those the manual names at
 * least (9.1.3), and the ones that standard hardware is divided into in practice. People may
 * rename, extend or delete them like any record.
 */
import type { Locale } from '../host';
import type { Fields, RecordId } from '../log/change';
import type { Edit } from '../log/changeset';
import { batchNumbers } from '../projection/batchNumbers';

type Texts = Readonly<Record<Locale, string>>;

export interface ClassSeed {
  /** Stable word by which sample data names the class. */
  readonly key: string;
  readonly name: Texts;
  readonly description: Texts;
  readonly namingRule: Texts;
  readonly versionRule: Texts;
  readonly physical: boolean;
}

const both = (en: string, zh: string): Texts => ({ en, 'zh-CN': zh });

const none = both('No version', '不设版本');
const firmware = both('Firmware release of the maker', '采用厂商固件版本号');
const release = both('Major.minor.patch; the release in use', '主版本.次版本.修订号，取在用版本');
const revision = both('Revision letter, from A', '版次字母，从 A 开始');
const coded = (code: string, digits = 2) =>
  both(
    `<site>-${code}-<number>, such as HQ-${code}-${'1'.padStart(digits, '0')}`,
    `<场地>-${code}-<序号>，例如 HQ-${code}-${'1'.padStart(digits, '0')}`,
  );

export const classSeeds: readonly ClassSeed[] = [
  {
    key: 'software',
    name: both('Software release', '系统与软件发布'),
    description: both(
      'Releases of systems and software, those of third parties too',
      '系统和软件的各个发布版本，包括第三方软件',
    ),
    namingRule: both('SW-<product>', 'SW-<产品>'),
    versionRule: release,
    physical: false,
  },
  {
    key: 'systemDocument',
    name: both('System document', '系统文档'),
    description: both('Designs, manuals and runbooks of systems', '系统的设计文档、手册和操作规程'),
    namingRule: both('SD-<system>-<number>', 'SD-<系统>-<序号>'),
    versionRule: revision,
    physical: false,
  },
  {
    key: 'baseline',
    name: both('Configuration baseline', '配置基线'),
    description: both(
      'An agreed state of a group of items, to compare with and to rebuild from',
      '一组配置项的确认状态，用于比对和重建',
    ),
    namingRule: both('BL-<system>', 'BL-<系统>'),
    versionRule: both('Date of the baseline', '基线日期'),
    physical: false,
  },
  {
    key: 'hardware',
    name: both('Standard hardware', '标准硬件'),
    description: both(
      'Hardware without a class of its own, such as gate controllers and radio base stations',
      '未单独设类的硬件，例如闸口控制器、无线基站',
    ),
    namingRule: coded('HW'),
    versionRule: firmware,
    physical: true,
  },
  {
    key: 'rack',
    name: both('Rack', '机柜'),
    description: both('Cabinets that hold equipment', '安装设备的机柜'),
    namingRule: coded('RK'),
    versionRule: none,
    physical: true,
  },
  {
    key: 'server',
    name: both('Physical server', '物理服务器'),
    description: both('Servers and virtual machine hosts', '服务器和虚拟化主机'),
    namingRule: coded('SRV'),
    versionRule: firmware,
    physical: true,
  },
  {
    key: 'vm',
    name: both('Virtual machine', '虚拟机'),
    description: both('Machines that run on a host', '运行于主机之上的虚拟机'),
    namingRule: coded('VM', 3),
    versionRule: both('Release of the operating system', '操作系统版本号'),
    physical: false,
  },
  {
    key: 'database',
    name: both('Database', '数据库'),
    description: both('Database instances with their data', '数据库实例及其数据'),
    namingRule: both('DB-<system>', 'DB-<系统>'),
    versionRule: release,
    physical: false,
  },
  {
    key: 'storage',
    name: both('Storage', '存储'),
    description: both('Disk arrays and file stores', '磁盘阵列和文件存储'),
    namingRule: coded('STO'),
    versionRule: firmware,
    physical: true,
  },
  {
    key: 'network',
    name: both('Network device or line', '网络设备与线路'),
    description: both('Routers, switches, and lines of carriers', '路由器、交换机以及运营商线路'),
    namingRule: coded('NET'),
    versionRule: firmware,
    physical: true,
  },
  {
    key: 'security',
    name: both('Security component', '安全组件'),
    description: both(
      'Firewalls, key stores and other parts that protect',
      '防火墙、密钥存储等安全防护部件',
    ),
    namingRule: coded('SEC'),
    versionRule: firmware,
    physical: true,
  },
  {
    key: 'backup',
    name: both('Backup and electronic library', '备份与电子库'),
    description: both(
      'Backups, and the definitive software library (DSL) to rebuild from',
      '备份以及用于重建的最终软件库（DSL）',
    ),
    namingRule: coded('BAK'),
    versionRule: both('Date of the newest usable copy', '最近可用副本的日期'),
    physical: true,
  },
  {
    key: 'licence',
    name: both('Licence', '许可证'),
    description: both(
      'Rights of use, with the proof that a reinstallation needs',
      '使用许可及重新安装所需的凭证',
    ),
    namingRule: both('LIC-<product>', 'LIC-<产品>'),
    versionRule: both('Term of the licence', '许可期限'),
    physical: false,
  },
  {
    key: 'serviceDocument',
    name: both('Service document', '服务文档'),
    description: both(
      'Catalogue, agreements, plans and reports of services',
      '服务目录、协议、计划和报告',
    ),
    namingRule: both('SVD-<service>-<number>', 'SVD-<服务>-<序号>'),
    versionRule: revision,
    physical: false,
  },
  {
    key: 'power',
    name: both('Power feed', '供电线路'),
    description: both('Feeds from the grid or a generator', '市电或发电机的供电线路'),
    namingRule: coded('PWR'),
    versionRule: none,
    physical: true,
  },
  {
    key: 'facility',
    name: both('Supporting facility', '配套设施'),
    description: both(
      'Uninterruptible power supplies, generators, cooling',
      '不间断电源、发电机、空调等',
    ),
    namingRule: coded('FAC'),
    versionRule: none,
    physical: true,
  },
];

/** Fields of a class record in one language, without its number. */
export const classFields = (seed: ClassSeed, locale: Locale): Fields => ({
  name: seed.name[locale],
  description: seed.description[locale],
  namingRule: seed.namingRule[locale],
  versionRule: seed.versionRule[locale],
  physical: seed.physical,
});

/** Edits that create the classes. `nextNumber` may be the vault's own: the batch counts on from it. */
export function seedEdits(
  locale: Locale,
  newId: () => RecordId,
  nextNumber: (kind: string) => string,
): readonly Edit[] {
  const number = batchNumbers(nextNumber);
  return classSeeds.map((seed) => ({
    do: 'create',
    kind: 'ciClass',
    id: newId(),
    fields: { number: number('ciClass'), ...classFields(seed, locale) },
  }));
}
