# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure relocation-insn-run11. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
-0.22 15639 15639 15639
1.78 26.591796875 26.5908203125 26.6767578125
2.78 53.18359375 53.181640625 53.353515625
3.78 26.58984375 26.58984375 26.58984375
4.78 26.501953125 26.501953125 26.5458984375
5.78 26.748046875 26.748046875 26.748046875
6.78 166.0703125 166.0703125 166.0712890625
8.78 3.0845947265625 3.0845947265625 3.08465576171875
9.78 6.169189453125 6.169189453125 6.1693115234375
10.78 3.0845947265625 3.0845947265625 3.09027099609375
11.78 3.0791015625 3.0791015625 3.0899658203125
12.78 3.2867431640625 3.2867431640625 3.29779052734375
13.78 12.014892578125 12.014892578125 12.014892578125
15.78 23.939453125 23.939453125 23.9404296875
16.78 23.7578125 23.7568359375 23.84765625
17.78 2.9189453125 2.9189453125 2.91900634765625
18.78 2.907470703125 2.907470703125 2.90753173828125
EOD
$series1 << EOD
0 1.35571328090031 1.35571328090031 1.35571328090031
1 1.02868068833652 1.02868068833652 1.02868068833652
2 12.2423062798384 12.2423062798384 12.2423430040397
3 7.02578038927653 7.02578038927653 7.03665075284613
4 3.0077861025415 3.0077861025415 3.0077861025415
5 2.98120716338713 2.97954897192129 2.98120716338713
6 1.4373128879153 1.4373128879153 1.4373128879153
7 20.4047960671779 20.4047960671779 20.4048019475937
8 1.02867764206054 1.02867764206054 1.04439723844928
9 94.6049309430528 94.6049309430528 94.6049309430528
10 49.6214729510467 49.6205825319562 49.62242273141
11 14.8377854287863 14.8377854287863 14.8378052158772
12 8.51498572787821 8.51498572787821 8.51522359657469
13 1.45474466109564 1.45474466109564 1.45474466109564
14 17.8273728486376 17.8273728486376 17.8273728486376
15 1.02867764206054 1.02867764206054 1.02867764206054
16 0.999265725707759 0.999265725707759 0.999306518723994
17 11.56667214732 11.56667214732 11.5667132522197
18 0.999623619939779 0.999623619939779 0.999644529943125
19 86.3582164749349 86.3582164749349 86.3582374674616
EOD
$series2 << EOD
0 21202 21202 21202
2 325.544921875 325.544921875 325.5458984375
3 373.65625 373.65625 374.234375
4 79.9765625 79.9765625 79.9765625
5 79.0078125 78.9638671875 79.0078125
6 38.4453125 38.4453125 38.4453125
7 3388.630859375 3388.630859375 3388.6318359375
9 291.81787109375 291.81787109375 291.81787109375
10 306.124267578125 306.118774414062 306.130126953125
11 45.7685546875 45.7685546875 45.7686157226562
12 26.218505859375 26.218505859375 26.21923828125
13 4.7813720703125 4.7813720703125 4.7813720703125
14 214.193969726562 214.193969726562 214.193969726562
16 23.921875 23.921875 23.9228515625
17 274.798828125 274.798828125 274.7998046875
18 2.9178466796875 2.9178466796875 2.91790771484375
19 251.083984375 251.083984375 251.084045410156
EOD
$series3 << EOD
0.22 1.37540763475926 1.37540763475926 1.3783809706503
1.22 1.06639048226046 1.06639048226046 1.07132993414064
2.22 12.2649283878076 12.2649283878076 12.2649283878076
3.22 7.05170767535806 7.05170767535806 7.05512302607418
4.22 3.03040987219039 3.03040987219039 3.03386220067577
5.22 3.00390596211954 3.00390596211954 3.00390596211954
6.22 1.45980284775465 1.45980284775465 1.46144578313253
7.22 20.4087712283013 20.4087653478854 20.4092828244813
8.22 1.0663834306957 1.0663834306957 1.07132235793946
9.22 94.6189006292295 94.6189006292295 94.6207408286834
10.22 49.6336617990423 49.6336617990423 49.6345522181329
11.22 14.851755114963 14.851755114963 14.8517749020539
12.22 8.52898033618776 8.52898033618776 8.52898033618776
13.22 1.46785515320334 1.46785515320334 1.46785515320334
14.22 17.8307967406986 17.8307967406986 17.8307967406986
15.22 1.0663834306957 1.0663834306957 1.0663834306957




EOD
$series4 << EOD
0.22 21510 21510 21556.5
2.22 326.146484375 326.146484375 326.146484375
3.22 375.03515625 375.03515625 375.216796875
4.22 80.578125 80.578125 80.669921875
5.22 79.609375 79.609375 79.609375
6.22 39.046875 39.046875 39.0908203125
7.22 3389.291015625 3389.2900390625 3389.3759765625
9.22 291.860961914062 291.860961914062 291.866638183594
10.22 306.199462890625 306.199462890625 306.204956054688
11.22 45.8116455078125 45.8116455078125 45.8117065429688
12.22 26.2615966796875 26.2615966796875 26.2615966796875
13.22 4.824462890625 4.824462890625 4.824462890625
14.22 214.235107421875 214.235107421875 214.235107421875




EOD
set terminal svg size 720,715 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './relocation.svg'
set multiplot
unset label
unset arrow
set label 'What relocation costs over an ordinary move' at screen 0.0222,0.9692 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 7.3-relocation (7.3.4-rb925cef90) · run 11 · insn: instructions executed; sees no cache, TLB or IPI' at screen 0.0222,0.9385 noenhanced textcolor rgb '#59636e' font ',12'
set label 'By size and folio. Cut: the range ends inside 2M folios. Falls back: what RELOCATE can’t do is undone and moved' at screen 0.0222,0.0797 noenhanced textcolor rgb '#59636e' font ',11'
set label 'ordinarily; MUST is refused. 8 gaps: MUST_RELOCATE (16) shared of 2M (refused: EFAULT: nothing was moved);' at screen 0.0222,0.0587 noenhanced textcolor rgb '#59636e' font ',11'
set label 'MUST_RELOCATE (16) pinned of 2M (refused: EFAULT: nothing was moved); MUST_RELOCATE (16) shared of 32M (refused:' at screen 0.0222,0.0378 noenhanced textcolor rgb '#59636e' font ',11'
set label 'EFAULT: nothing was moved); and 5 more, in the CSV.' at screen 0.0222,0.0168 noenhanced textcolor rgb '#59636e' font ',11'
set label 'ordinary move' at screen 0.0333,0.9091 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label 'RELOCATE (8)' at screen 0.2069,0.9091 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 11 pointsize 0.8 linecolor rgb '#6d4fc4' offset character 1.2,-0.25
set label 'MUST_RELOCATE (16)' at screen 0.3708,0.9091 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#a86e00' offset character 1.2,-0.25
set label '4K' at screen 0.1232,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'empty' at screen 0.1670,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K' at screen 0.2108,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K, half' at screen 0.2546,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '64K' at screen 0.2985,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M by PTEs' at screen 0.3423,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M' at screen 0.3861,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M, cut' at screen 0.4299,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'empty' at screen 0.4738,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K' at screen 0.5176,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K, half' at screen 0.5614,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '64K' at screen 0.6053,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M by PTEs' at screen 0.6491,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M' at screen 0.6929,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '2M, cut' at screen 0.7367,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'empty' at screen 0.7806,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'shared' at screen 0.8244,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'pinned' at screen 0.8682,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'shared' at screen 0.9120,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label 'pinned' at screen 0.9559,0.2629 noenhanced font ',11' textcolor rgb '#1b1f24' rotate by 90 right
set label '4K' at screen 0.1451,0.1566 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '2M' at screen 0.3423,0.1566 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label '32M' at screen 0.6491,0.1566 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'falls back (2M)' at screen 0.8463,0.1566 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'falls back (32M)' at screen 0.9167,0.1357 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'one call, relative to the ordinary move' at screen 0.1013,0.8601 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 8.5, graph 0 to first 8.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 15.5, graph 0 to first 15.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 17.5, graph 0 to first 17.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.8476
set bmargin at screen 0.5818
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:19.5] noextend
set yrange [0.694347:370.5765636] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('1' 1, '10' 10, '100' 100)
set label '×1.36' at screen 0.1232,0.6430 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '×1.03' at screen 0.1670,0.6131 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×12.2' at screen 0.2108,0.7179 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×7.03' at screen 0.2546,0.6944 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×3.01' at screen 0.2985,0.6585 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×2.98' at screen 0.3423,0.6260 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.44' at screen 0.3861,0.5951 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×20.4' at screen 0.4299,0.7396 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.03' at screen 0.4738,0.6131 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×94.6' at screen 0.5176,0.8045 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×49.6' at screen 0.5614,0.7772 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×14.8' at screen 0.6053,0.7261 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×8.51' at screen 0.6491,0.7026 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.45' at screen 0.6929,0.6278 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×17.8' at screen 0.7367,0.7338 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.03' at screen 0.7806,0.6131 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×0.999' at screen 0.8244,0.6343 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '×11.6' at screen 0.8682,0.7155 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1' at screen 0.9120,0.6119 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×86.4' at screen 0.9559,0.8188 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
plot 1 with lines linecolor rgb '#59636e' linewidth 1 dashtype 2, \
     $series1 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#e3e6ea' linewidth 3, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.8, \
     $series3 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#e3e6ea' linewidth 3, \
     $series3 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series3 using 1:2 with points linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8
unset label
unset arrow
set label 'instructions of one call, by page of 4 KiB that is there' at screen 0.1013,0.5524 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 1.5, graph 0 to first 1.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 8.5, graph 0 to first 8.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 15.5, graph 0 to first 15.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 17.5, graph 0 to first 17.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1013
set rmargin at screen 0.9778
set tmargin at screen 0.5399
set bmargin at screen 0.2741
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:19.5] noextend
set yrange [1.425313226:312318.0747] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('10' 10, '100' 100, '1,000' 1000, '10,000' 10000, '100,000' 100000)
set label '15,639' at screen 0.1135,0.4381 noenhanced textcolor rgb '#1b1f24' center rotate by 90 font ',10' front
set label '26.6' at screen 0.2012,0.3520 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '53.2' at screen 0.2450,0.3670 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '26.6' at screen 0.2888,0.3199 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '26.5' at screen 0.3327,0.3198 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '26.7' at screen 0.3765,0.3200 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '166' at screen 0.4203,0.3916 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '3.1' at screen 0.5080,0.3055 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '6.2' at screen 0.5518,0.3205 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '3.1' at screen 0.5956,0.3055 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '3.1' at screen 0.6394,0.3055 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '12' at screen 0.7271,0.3349 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '23.9' at screen 0.8147,0.3498 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '23.8' at screen 0.8586,0.3496 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '2.9' at screen 0.9024,0.3043 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '2.9' at screen 0.9462,0.3042 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '326' at screen 0.2108,0.4062 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '374' at screen 0.2546,0.4092 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '80' at screen 0.2985,0.3758 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '79' at screen 0.3423,0.3756 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '38.4' at screen 0.3861,0.3600 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '3,389' at screen 0.4299,0.4568 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '292' at screen 0.5176,0.4038 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '306' at screen 0.5614,0.4048 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '45.8' at screen 0.6053,0.3638 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '26.2' at screen 0.6491,0.3517 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '4.8' at screen 0.6929,0.3150 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '214' at screen 0.7367,0.3971 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '275' at screen 0.8682,0.4025 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '251' at screen 0.9559,0.4006 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.8, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#6d4fc4' linewidth 1 pointtype 11 pointsize 0, \
     $series2 using 1:2 with points linetype 1 linecolor rgb '#6d4fc4' linewidth 1.5 pointtype 11 pointsize 0.8, \
     $series4 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#a86e00' linewidth 1 pointtype 5 pointsize 0, \
     $series4 using 1:2 with points linetype 1 linecolor rgb '#a86e00' linewidth 1.5 pointtype 5 pointsize 0.8
unset multiplot
unset output
