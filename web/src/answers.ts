// Made from schema.graphql and queries/ by `make web`.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Something that can happen to an entity. */
export type EventKind =
  /** Accepted by the CNCF (被 CNCF 接纳). Accepted by the CNCF; the source gives no level. */
  | 'ACCEPTED'
  /** Accepted at CNCF incubation (进入 CNCF 孵化). Accepted by the CNCF, or moved, to the incubating level. */
  | 'ACCEPTED_INCUBATING'
  /** Accepted into the CNCF sandbox (进入 CNCF 沙箱). Accepted by the CNCF at the sandbox level. */
  | 'ACCEPTED_SANDBOX'
  /** Acquired (被收购). Its owner was bought. */
  | 'ACQUIRED'
  /** Archived (被归档). Its repository or site was put into an archive. */
  | 'ARCHIVED'
  /** Archived by the CNCF (被 CNCF 归档). The CNCF archived the project; its work may go on elsewhere. */
  | 'ARCHIVED_BY_CNCF'
  /** Begun (开始). Work on it began, or it was announced. */
  | 'BEGUN'
  /** Closed (关闭). The organization closed. */
  | 'CLOSED'
  /** Deprecated (被弃用). Its makers advised against it. */
  | 'DEPRECATED'
  /** Donated (捐赠). It was given to a foundation. */
  | 'DONATED'
  /** Ended (终止). The project, product or service ended. */
  | 'ENDED'
  /** First seen (最早可见). Its first record is from then, as a first commit; what has become of it since is not said. */
  | 'FIRST_SEEN'
  /** Founded (成立). The organization was founded. */
  | 'FOUNDED'
  /** Graduated in the CNCF (从 CNCF 毕业). Moved to the CNCF's graduated level. */
  | 'GRADUATED'
  /** Last activity (最后活动). The last sign of work that a source shows. */
  | 'LAST_SEEN'
  /** Released (发布). A release that a source dates. */
  | 'RELEASED'
  /** Relicensed (变更许可证). Its licence changed to the value given. */
  | 'RELICENSED'
  /** Renamed (更名). It got its present name, or another on the way to it. */
  | 'RENAMED'
  /** Revived (恢复). Work on it was taken up again. */
  | 'REVIVED'
  /** Seen active (见其活跃). A source shows work on it on this day. */
  | 'SEEN_ACTIVE';

/** A kind of entity. */
export type Kind =
  /** Artifact format (制品格式). A form in which images, definitions or packages are written or stored. */
  | 'ARTIFACT_FORMAT'
  /** Category (类别). A class in one of the taxonomies. */
  | 'CATEGORY'
  /** Command (命令). A command that a person types, or a call of an API. */
  | 'COMMAND'
  /** Concept (概念). An idea that the field works with, such as a layer or a root file system. */
  | 'CONCEPT'
  /** Group (组合). Several things that a taxonomy names in one entry. */
  | 'GROUP'
  /** Image (镜像). A named container image. */
  | 'IMAGE'
  /** Instruction (指令). One instruction of a definition format. */
  | 'INSTRUCTION'
  /** Operating system (操作系统). A system on which containers run, or a kernel that provides them. */
  | 'OPERATING_SYSTEM'
  /** Organization (组织). A company, a foundation or a community that owns, stewards or began something. */
  | 'ORGANIZATION'
  /** Procedure (过程). Steps in an order that lead to a result. */
  | 'PROCEDURE'
  /** Service (服务). Something hosted that people use without running it themselves. */
  | 'SERVICE'
  /** Specification (规范). A published format or interface that tools implement. */
  | 'SPECIFICATION'
  /** Tool (工具). Software that people run or build on, such as a runtime, an engine, an orchestrator or a plugin. */
  | 'TOOL';

/** A relation between two entities. */
export type Relation =
  /** Adapts (适配). The subject makes the object answer to an interface that it does not implement itself. It is the field adapts, or adaptedBy from the object's side. */
  | 'ADAPTS'
  /** Is narrower than (上位类别为). The category directly above, in the same taxonomy. It is the field broader, or narrower from the object's side. Path searches leave it out unless it is named. */
  | 'BROADER'
  /** Is certified for (通过认证). The subject holds a certificate of the specification's or project's conformance programme. It is the field certifiedFor, or certifies from the object's side. */
  | 'CERTIFIED_FOR'
  /** Is classified in (归类于). The category of a taxonomy in which it stands. It is the field classifiedIn, or classifies from the object's side. Path searches leave it out unless it is named. */
  | 'CLASSIFIED_IN'
  /** Describes (描述). The subject says what the object is or how it is made or used. It is the field describes, or describedBy from the object's side. */
  | 'DESCRIBES'
  /** Distributes (分发). The subject stores the object and hands it out. It is the field distributes, or distributedBy from the object's side. */
  | 'DISTRIBUTES'
  /** Extends (扩展). The subject adds to the object and builds on it. It is the field extends, or extendedBy from the object's side. */
  | 'EXTENDS'
  /** Is a fork of (分叉自). The subject began as a copy of the object’s source and went its own way. It is the field forkOf, or forks from the object's side. */
  | 'FORK_OF'
  /** Has the instruction (含有指令). The definition format or image definition holds the instruction. It is the field hasInstruction, or instructionOf from the object's side. */
  | 'HAS_INSTRUCTION'
  /** Has the step (含有步骤). The procedure has the step, at the place that order says. It is the field hasStep, or stepOf from the object's side. */
  | 'HAS_STEP'
  /** Implements (实现). The subject itself does what the specification asks; using something that does is no implementation. It is the field implements, or implementedBy from the object's side. */
  | 'IMPLEMENTS'
  /** Manages (管理). The subject drives the life of the object or of what the object runs. It is the field manages, or managedBy from the object's side. */
  | 'MANAGES'
  /** Corresponds to (对应于). The nearest category in another taxonomy; level says exact, close or broader. It is the field matches, or matchedBy from the object's side. Path searches leave it out unless it is named. */
  | 'MATCHES'
  /** Was merged from (合并自). The object was merged into the subject. It is the field mergeOf, or mergedInto from the object's side. */
  | 'MERGE_OF'
  /** Was originated by (发起自). The organization that began it. It is the field originatedBy, or originated from the object's side. Path searches leave it out unless it is named. */
  | 'ORIGINATED_BY'
  /** Is owned by (归属于). The organization that holds the rights to it and decides about it. It is the field ownedBy, or owns from the object's side. Path searches leave it out unless it is named. */
  | 'OWNED_BY'
  /** Partly conforms to (部分符合). The subject does a part of what the specification asks, as its list or the subject says. It is the field partlyConformsTo, or partlyImplementedBy from the object's side. */
  | 'PARTLY_CONFORMS_TO'
  /** Is part of (属于). The subject is one of the parts of which the object consists. It is the field partOf, or parts from the object's side. */
  | 'PART_OF'
  /** Was formerly (原名). The subject is the object under a new name, where both are kept as entities. It is the field renameOf, or renamedTo from the object's side. */
  | 'RENAME_OF'
  /** Requires (需要). The subject does not work without the object. It is the field requires, or requiredBy from the object's side. */
  | 'REQUIRES'
  /** Runs on (运行于). The subject runs on the object. It is the field runsOn, or runs from the object's side. Path searches leave it out unless it is named. */
  | 'RUNS_ON'
  /** Is stewarded by (由其托管). The foundation or community under whose governance it stands. It is the field stewardedBy, or stewards from the object's side. Path searches leave it out unless it is named. */
  | 'STEWARDED_BY'
  /** Succeeds (接替). The subject took over the role of the object, in the words of the makers of either. It is the field succeeds, or succeededBy from the object's side. */
  | 'SUCCEEDS'
  /** Supports (支持). The subject can work with the object if its user chooses so. It is the field supports, or supportedBy from the object's side. */
  | 'SUPPORTS'
  /** Tests (测试). The subject tests whether others implement the object; it is no implementation. It is the field tests, or testedBy from the object's side. */
  | 'TESTS'
  /** Uses (使用). The subject works by means of the object, by default or always. It is the field uses, or usedBy from the object's side. */
  | 'USES';

/** The values of strength. Strength (强度). How strongly the statement is backed. */
export type Strength =
  /** Certified (认证). Certified or passed a published conformance programme. */
  | 'CERTIFIED'
  /** Listed (列名). On a list kept by the object's own project. */
  | 'LISTED'
  /** Self-declared (自称). Said by the subject's own documents. */
  | 'SELF_DECLARED';

export type AboutQueryVariables = Exact<{
  name: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type AboutQuery = { entity:
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
    | { id: string, kind: Kind, name: string, label: string | null, description: string | null, aliases: Array<string>, history: Array<{ date: string, event: EventKind, label: string, evidence: Array<{ source: { title: string, url: string } }> }>, statements: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, relation: Relation, since: string | null, until: string | null, strength: Strength | null, negated: boolean, disputed: boolean, subject:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , object:
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
            | { id: string, kind: Kind, name: string, aliases: Array<string> }
          , evidence: Array<{ locator: string | null, readOn: string | null, source: { title: string, url: string } }> }> } }
   | null };
