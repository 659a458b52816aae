/** The picture of each kind. A kind without one shows the plain sheet. */
import { createElement } from 'react';
import {
  IconAddressBook,
  IconArrowsExchange,
  IconBinaryTree2,
  IconBolt,
  IconBook2,
  IconBuilding,
  IconBuildingCommunity,
  IconCategory,
  IconDeviceLaptop,
  IconFileCertificate,
  IconFileDescription,
  IconFileText,
  IconListDetails,
  IconNotes,
  IconPaperclip,
  IconPhoneCall,
  IconServer2,
  IconStack2,
  type Icon,
  type IconProps,
} from '@tabler/icons-react';

const icons: Readonly<Record<string, Icon>> = {
  drill: IconBolt,
  drillEntry: IconNotes,
  plan: IconBook2,
  planSection: IconFileText,
  planStep: IconListDetails,
  callNode: IconPhoneCall,
  service: IconStack2,
  sla: IconFileCertificate,
  ci: IconServer2,
  ciClass: IconCategory,
  site: IconBuilding,
  person: IconAddressBook,
  organisation: IconBuildingCommunity,
  change: IconArrowsExchange,
  attachment: IconPaperclip,
  device: IconDeviceLaptop,
  link: IconBinaryTree2,
};

export const KindIcon = ({ kind, ...props }: { readonly kind: string } & IconProps) =>
  createElement(icons[kind] ?? IconFileDescription, {
    size: 15,
    stroke: 1.6,
    'aria-hidden': true,
    ...props,
  });
