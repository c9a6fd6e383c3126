{{- define "aria.labels" -}}
app.kubernetes.io/name: aria
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "aria.image" -}}
image: {{ printf "%s-%s:%s" .root.Values.image.prefix .image .root.Values.image.tag | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
{{- end }}

{{/* Of every pod: nobody's user, and a root that nobody writes to. */}}
{{- define "aria.pod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
automountServiceAccountToken: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "aria.container" -}}
securityContext:
  readOnlyRootFilesystem: true
  allowPrivilegeEscalation: false
  capabilities: { drop: [ALL] }
envFrom:
  - secretRef: { name: {{ .Values.existingSecret }} }
{{- end }}

{{- define "aria.told" -}}
- { name: DRAIN_SECONDS, value: {{ .Values.drainSeconds | quote }} }
{{- with .Values.otlpEndpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- end }}

{{/* The headless service's name stands for every inference pod that there is. */}}
{{- define "aria.server" -}}
{{ include "aria.told" . }}
- { name: INFERENCE_URL, value: "http://{{ .Release.Name }}-inference:4301" }
- { name: S3_URL, value: {{ .Values.s3.url | quote }} }
- { name: S3_REGION, value: {{ .Values.s3.region | quote }} }
{{- if .Values.backups.existingClaim }}
- { name: BACKUP_DIR, value: /backups }
{{- end }}
{{- end }}

{{/* Web lists backups; studios make them. */}}
{{- define "aria.backupsMount" -}}
{{- if .root.Values.backups.existingClaim }}
- { name: backups, mountPath: /backups, readOnly: {{ .readOnly }} }
{{- end }}
{{- end }}

{{- define "aria.backupsVolume" -}}
{{- with .Values.backups.existingClaim }}
- name: backups
  persistentVolumeClaim: { claimName: {{ . | quote }} }
{{- end }}
{{- end }}
