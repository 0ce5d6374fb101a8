# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure kernels-insn. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 26599 26599 26599
1 26525 26525 26525
2 26525 26525 26525
3 26601 26601 26601
4 26526 26526 26526
5 26398 26398 26398
6 26522 26522 26522
7 26573 26573 26573
8 26795 26795 26795
9 26795 26795 26795
10 24548 24548 24548
11 24627 24627 24627
12 24587 24587 24587
13 24508 24508 24508
14 24563 24563 24563
15 24567 24567 24567
16 24539 24539 24539
17 24585 24585 24585
18 24620 24620 24620
20 24620 24620 24620
22 24634 24634 24634
26 24611 24611 24611
28 24510 24510 24510
31 24629 24629 24629
33 24530 24530 24530
35 24496 24496 24496
38 24491 24491 24491
41 24592 24592 24592
EOD
$series1 << EOD
19 24380 24380 24380
21 24380 24380 24380
23 24315 24315 24315
24 24348 24348 24348
25 24317 24317 24317
27 24335 24335 24335
29 24332 24332 24332
30 24306 24306 24306
32 24306 24306 24306
34 24364 24364 24364
36 24355 24355 24355
37 24356 24356 24356
39 24356 24356 24356
40 24356 24356 24356
42 24359 24359 24359
43 25413 25413 25413
44 25595 25595 25595
45 25248 25248 25248
46 25202 25202 25202
47 24960 24960 24960
48 24980 24980 24980
49 24980 24980 24980
50 24980 24980 24980
51 25044 25044 25044
52 25044 25044 25044
53 25065 25065 25065
54 25113 25113 25113
55 25111 25111 25111
56 25127 25127 25127
57 24921 24921 24921
58 24921 24921 24921
59 24920 24920 24920
60 24946 24946 24946
61 25056 25056 25056
62 24987 24987 24987
63 24896 24896 24896
64 24996 24996 24996
65 24921 24921 24921
66 24903 24903 24903
67 25014 25014 25014
68 24993 24993 24993
69 25071 25071 25071
70 25071 25071 25071
73 25775 25775 25775
EOD
$series2 << EOD
71 24281 24281 24281
72 24631 24631 24631
EOD
$series3 << EOD
0 45071 45071 45071
1 44989 44989 44989
2 44989 44989 44989
3 45077 45077 45077
4 44988 44988 44988
5 44855 44855 44855
6 44997 44997 44997
7 45060 45060 45060
8 49383 49383 49383
9 49383 49383 49383
10 37952 37952 37952
11 38040 38040 38040
12 37970 37970 37970
13 37892 37892 37892
14 37943 37943 37943
15 38227 38227 38227
16 38204 38204 38204
17 38251 38251 38251
18 38289 38289 38289
20 38289 38289 38289
22 38303 38303 38303
26 38278 38278 38278
28 38173 38173 38173
31 38302 38302 38302
33 38187 38187 38187
35 38151 38151 38151
38 38131 38131 38131
41 38248 38248 38248
EOD
$series4 << EOD
19 38040 38040 38040
21 38040 38040 38040
23 37981 37981 37981
24 38021 38021 38021
25 37983 37983 37983
27 38008 38008 38008
29 38005 38005 38005
30 37973 37973 37973
32 37973 37973 37973
34 38033 38033 38033
36 38028 38028 38028
37 38031 38031 38031
39 38031 38031 38031
40 38031 38031 38031
42 38034 38034 38034
43 38248 38248 38248
44 38455 38455 38455
45 40101 40101 40101
46 40047 40047 40047
47 39771 39771 39771
48 39789 39789 39789
49 39789 39789 39789
50 39785 39785 39785
51 39066 39066 39066
52 39066 39066 39066
53 39116 39116 39116
54 39424 39424 39424
55 39422 39422 39422
56 39457 39457 39457
57 39488 39488 39488
58 39488 39488 39488
59 39487 39487 39487
60 39513 39513 39513
61 39630 39630 39630
62 39555 39555 39555
63 39261 39261 39261
64 39093 39093 39093
65 39009 39009 39009
66 38990 38990 38990
67 39114 39114 39114
68 39347 39347 39347
69 39427 39427 39427
70 39427 39427 39427
73 40197 40197 40197
EOD
$series5 << EOD
71 38526 38526 38526
72 38387 38387 38387
EOD
$series6 << EOD
0 285037 285037 285037
1 284915 284915 284915
2 284915 284915 284915
3 285062 285062 285062
4 284885 284885 284885
5 284648 284648 284648
6 285000 285000 285000
7 285030 285030 285030
8 350783 350783 350783
9 350783 350783 350783
10 375890 375890 375890
11 376167 376167 376167
12 375880 375880 375880
13 375834 375834 375834
14 375758 375758 375758
15 384116 384116 384116
16 384221 384221 384221
17 384188 384188 384188
18 384273 384273 384273
20 384273 384273 384273
22 384320 384320 384320
26 384295 384295 384295
28 384142 384142 384142
31 384397 384397 384397
33 384046 384046 384046
35 384025 384025 384025
38 384074 384074 384074
41 384379 384379 384379
EOD
$series7 << EOD
19 384229 384229 384229
21 384229 384229 384229
23 384315 384315 384315
24 384484 384484 384484
25 384317 384317 384317
27 384470 384470 384470
29 384467 384467 384467
30 384313 384313 384313
32 384313 384313 384313
34 384441 384441 384441
36 384508 384508 384508
37 384522 384522 384522
39 384522 384522 384522
40 384522 384522 384522
42 384526 384526 384526
43 362190 362190 362190
44 362373 362373 362373
45 426790 426790 426790
46 426598 426598 426598
47 425734 425734 425734
48 425706 425706 425706
49 425706 425706 425706
50 425643 425643 425643
51 400751 400751 400751
52 400751 400751 400751
53 401541 401541 401541
54 409844 409844 409844
55 409842 409842 409842
56 409891 409891 409891
57 418147 418147 418147
58 418147 418147 418147
59 418146 418146 418146
60 418156 418156 418156
61 418378 418378 418378
62 418199 418199 418199
63 409870 409870 409870
64 401794 401794 401794
65 401588 401588 401588
66 401553 401553 401553
67 401825 401825 401825
68 409980 409980 409980
69 410090 410090 410090
70 410090 410090 410090
73 411830 411830 411830
EOD
$series8 << EOD
71 407494 407494 407494
72 391880 391880 391880
EOD
$marks0 << EOD
10 24548 24548 24548
43 25413 25413 25413
45 25248 25248 25248
73 25775 25775 25775
72 24631 24631 24631
EOD
$marks1 << EOD
8 49383 49383 49383
10 37952 37952 37952
45 40101 40101 40101
51 39066 39066 39066
73 40197 40197 40197
EOD
$marks2 << EOD
8 350783 350783 350783
10 375890 375890 375890
15 384116 384116 384116
43 362190 362190 362190
45 426790 426790 426790
51 400751 400751 400751
54 409844 409844 409844
57 418147 418147 418147
63 409870 409870 409870
64 401794 401794 401794
68 409980 409980 409980
72 391880 391880 391880
EOD
set terminal svg size 720,725 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './kernels.svg'
set multiplot
unset label
unset arrow
set label 'What mremap costs across kernel builds' at screen 0.0222,0.9697 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'insn: instructions executed; sees no cache, TLB or IPI · 74 kernel builds · rings: steps above 1%' at screen 0.0222,0.9393 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Each point is an exact count. Builds of one compiler are joined, and only they make steps; remapbench steps has' at screen 0.0222,0.0372 noenhanced textcolor rgb '#59636e' font ',11'
set label 'all. Counts of the imported reference.' at screen 0.0222,0.0166 noenhanced textcolor rgb '#59636e' font ',11'
set label 'built in Debian 12' at screen 0.0333,0.9103 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label 'built in Debian 13' at screen 0.2556,0.9103 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 11 pointsize 0.8 linecolor rgb '#6d4fc4' offset character 1.2,-0.25
set label 'built in Debian sid' at screen 0.4778,0.9103 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label '6.1.170-3' at screen 0.1072,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.174' at screen 0.1309,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.177' at screen 0.1546,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.187' at screen 0.1782,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1.192' at screen 0.2019,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.43' at screen 0.2256,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.69' at screen 0.2493,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.85' at screen 0.2848,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.88' at screen 0.3085,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.90' at screen 0.3322,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.90-2' at screen 0.3559,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.94' at screen 0.3796,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.96' at screen 0.4033,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.100' at screen 0.4270,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.101' at screen 0.4507,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.107' at screen 0.4744,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.111' at screen 0.4981,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.113' at screen 0.5217,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.115' at screen 0.5454,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.115-2' at screen 0.5691,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.12.117' at screen 0.5928,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.16.3' at screen 0.6165,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.17.8' at screen 0.6402,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.18.5' at screen 0.6639,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.18.12' at screen 0.6876,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.19.6-2' at screen 0.7113,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.19.11' at screen 0.7468,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.0.4' at screen 0.7823,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.0.9' at screen 0.8060,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.0.12-2' at screen 0.8297,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.1.3' at screen 0.8534,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.1.8' at screen 0.8771,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.2.9' at screen 0.9126,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.2.12' at screen 0.9363,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '7.3.4' at screen 0.9719,0.2179 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '6.1' at screen 0.1605,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.12' at screen 0.4151,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.16' at screen 0.6224,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.17' at screen 0.6461,0.0924 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.18' at screen 0.6817,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '6.19' at screen 0.7409,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.0' at screen 0.8119,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.1' at screen 0.8712,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.2' at screen 0.9245,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '7.3' at screen 0.9659,0.1131 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'move/size=32M/align=pmd/fill=100/folio=4K/type=anon' at screen 0.1013,0.8621 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '26,599 … 25,775' at screen 0.9778,0.8621 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 9.5, graph 0 to first 9.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 42.5, graph 0 to first 42.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 44.5, graph 0 to first 44.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 46.5, graph 0 to first 46.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 50.5, graph 0 to first 50.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 56.5, graph 0 to first 56.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 62.5, graph 0 to first 62.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 66.5, graph 0 to first 66.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.8497
set bmargin at screen 0.6703
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:73.5] noextend
set yrange [23878.03:27581.04] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('24,000' 24000, '25,000' 25000, '26,000' 26000, '27,000' 27000)
set label '-8.4% at 6.12.43' at screen 0.2256,0.6835 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+4.3% at 6.16.3' at screen 0.5415,0.7516 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+2.8% at 7.3.4' at screen 0.9010,0.7691 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+1.4% at 7.3~rc7' at screen 0.8808,0.7468 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-1.4% at 6.17.8' at screen 0.6402,0.7698 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks0 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=mutual/fill=100/folio=4K/type=anon' at screen 0.1013,0.6414 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '45,071 … 40,197' at screen 0.9778,0.6414 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 9.5, graph 0 to first 9.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 42.5, graph 0 to first 42.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 44.5, graph 0 to first 44.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 46.5, graph 0 to first 46.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 50.5, graph 0 to first 50.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 56.5, graph 0 to first 56.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 62.5, graph 0 to first 62.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 66.5, graph 0 to first 66.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.6290
set bmargin at screen 0.4497
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:73.5] noextend
set yrange [36168.35:52830.3] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('40,000' 40000, '45,000' 45000, '50,000' 50000)
set label '-23% at 6.12.43' at screen 0.3006,0.4923 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+9.6% at 6.1.192' at screen 0.2019,0.6084 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+4.3% at 6.17.8' at screen 0.6402,0.5085 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+2% at 7.3.4' at screen 0.9094,0.4999 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-1.8% at 6.19.6-2' at screen 0.7113,0.4615 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series4 using 1:2 with linespoints linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series5 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series5 using 1:2 with linespoints linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks1 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset label
unset arrow
set label 'move/size=32M/align=unaligned/fill=100/folio=4K/type=anon' at screen 0.1013,0.4207 noenhanced textcolor rgb '#1b1f24' font ',12'
set label '285,037 … 411,830' at screen 0.9778,0.4207 noenhanced textcolor rgb '#59636e' right font ',11'
set arrow from first 9.5, graph 0 to first 9.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 42.5, graph 0 to first 42.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 44.5, graph 0 to first 44.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 46.5, graph 0 to first 46.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 50.5, graph 0 to first 50.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 56.5, graph 0 to first 56.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 62.5, graph 0 to first 62.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 66.5, graph 0 to first 66.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 71.5, graph 0 to first 71.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.4083
set bmargin at screen 0.2290
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
unset logscale y
set xrange [-0.5:73.5] noextend
set yrange [263326.7:469432.6] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('300,000' 300000, '350,000' 350000, '400,000' 400000, '450,000' 450000)
set label '+23% at 6.1.192' at screen 0.2769,0.2761 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+18% at 6.17.8' at screen 0.6402,0.3877 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+7.2% at 6.12.43' at screen 0.2256,0.3600 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-5.8% at 6.19.6-2' at screen 0.7113,0.3292 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-5.8% at 6.16.3' at screen 0.6165,0.2957 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-3.8% at 7.3~rc7' at screen 0.8808,0.3284 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+2.2% at 6.12.85' at screen 0.2057,0.3409 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+2.1% at 6.19.11' at screen 0.8260,0.3799 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-2% at 7.1.3' at screen 0.8534,0.3040 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+2% at 7.2.9' at screen 0.8501,0.3966 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '+2% at 7.0.4' at screen 0.7823,0.2781 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '-2% at 7.1.7' at screen 0.8653,0.2474 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series6 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series6 using 1:2 with linespoints linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.5, \
     $series7 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series7 using 1:2 with linespoints linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.5, \
     $series8 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series8 using 1:2 with linespoints linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.5, \
     $marks2 using 1:2 with points linetype 1 linecolor rgb '#1b1f24' linewidth 1.5 pointtype 6 pointsize 1.2
unset multiplot
unset output
