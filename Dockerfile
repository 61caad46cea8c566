# The service in an image: a wheel of this checkout, and nothing that built it.
FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
RUN pip install --no-cache-dir build && python -m build --wheel --outdir /wheels

FROM python:3.12-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir "$(echo /wheels/*.whl)[neo4j]" && rm -r /wheels \
	&& useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin ecograph
USER 10001:10001
ENV PYTHONUNBUFFERED=1 ECOGRAPH_CACHE=false
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
	CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=3)"]
ENTRYPOINT ["ecograph"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
